using System.Data.Common;
using Dapper;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>
/// Many rows at a time: PostgreSQL takes what a group of deliveries writes as one statement, SQLite, which is in the process, one by
/// one.
/// </summary>
internal sealed class AttemptRows(Database database, Statements statements)
{
    private bool TakesLists => database.Dialect == SqlDialect.Postgres;

    /// <returns>The deliveries that began.</returns>
    public Task<HashSet<string>> ClaimAsync(
        DbConnection connection,
        DbTransaction? transaction,
        IReadOnlyList<ClaimParameters> claims,
        long now,
        CancellationToken cancellationToken) =>
        RunAsync(
            connection,
            transaction,
            WebhookSql.ClaimDelivery,
            claims,
            claim => new { id = claim.Id, attempts = claim.Attempts, token = claim.Token, until = claim.Until, now },
            () => new
            {
                ids = claims.Select(claim => claim.Id).ToArray(),
                attempts = claims.Select(claim => claim.Attempts).ToArray(),
                tokens = claims.Select(claim => claim.Token).ToArray(),
                untils = claims.Select(claim => claim.Until).ToArray(),
                now,
            },
            cancellationToken);

    /// <returns>The deliveries that began, as they were before.</returns>
    public async Task<IReadOnlyList<ClaimRow>> ClaimReadyAsync(
        DbConnection connection,
        DbTransaction? transaction,
        IReadOnlyList<ReadyClaim> claims,
        long now,
        CancellationToken cancellationToken)
    {
        if (TakesLists)
        {
            var lists = new
            {
                ids = claims.Select(claim => claim.Id).ToArray(),
                webhookIds = claims.Select(claim => claim.WebhookId).ToArray(),
                versions = claims.Select(claim => claim.Version).ToArray(),
                tokens = claims.Select(claim => claim.Token).ToArray(),
                untils = claims.Select(claim => now + claim.Lease).ToArray(),
                now,
            };
            return await statements.QueryAsync<ClaimRow>(connection, transaction, WebhookSql.ClaimReady, lists, cancellationToken)
                .ConfigureAwait(false);
        }

        var begun = new List<string>(claims.Count);
        foreach (var claim in claims)
        {
            var one = new
            {
                id = claim.Id, webhookId = claim.WebhookId, version = claim.Version, token = claim.Token, until = now + claim.Lease, now,
            };
            begun.AddRange(await statements.QueryAsync<string>(connection, transaction, WebhookSql.ClaimReady, one, cancellationToken)
                .ConfigureAwait(false));
        }

        var rows = begun.Count == 0
            ? []
            : await statements.QueryAsync<ClaimRow>(
                connection, transaction, WebhookSql.FindClaim, new { ids = begun.ToArray() }, cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            row.Attempts--; // It was read after the claim.
        }

        return rows;
    }

    /// <returns>The deliveries that ended so.</returns>
    public Task<HashSet<string>> EndAsync(
        DbTransaction transaction, IReadOnlyList<EndParameters> ends, CancellationToken cancellationToken) =>
        RunAsync(
            transaction.Connection!,
            transaction,
            WebhookSql.EndAttempt,
            ends,
            end => new
            {
                id = end.Id,
                token = end.Token,
                status = end.Status,
                statusCode = end.StatusCode,
                errorClass = end.ErrorClass,
                nextAttemptAt = end.NextAttemptAt,
                notBefore = end.NotBefore,
                jobState = end.JobState,
                jobDueAt = end.JobDueAt,
                completedAt = end.CompletedAt,
            },
            () => Lists(ends),
            cancellationToken);

    /// <summary>Stores attempts and what they mean for their deliveries, all or nothing: on PostgreSQL in one round trip.</summary>
    public async Task InsertAndEndAsync(
        DbConnection connection,
        DbTransaction? transaction,
        IReadOnlyList<AttemptParameters> attempts,
        IReadOnlyList<EndParameters> ends,
        CancellationToken cancellationToken)
    {
        if (!TakesLists)
        {
            await InsertAsync(transaction!, attempts, cancellationToken).ConfigureAwait(false);
            await EndAsync(transaction!, ends, cancellationToken).ConfigureAwait(false);
            return;
        }

        var lists = new DynamicParameters(new AttemptLists(attempts));
        lists.AddDynamicParams(Lists(ends));
        await statements.ExecuteAsync(
            connection, transaction, [WebhookSql.InsertAttempt, WebhookSql.EndAttempt], lists, cancellationToken).ConfigureAwait(false);
    }

    public async Task InsertAsync(
        DbTransaction transaction, IReadOnlyList<AttemptParameters> attempts, CancellationToken cancellationToken)
    {
        if (attempts.Count == 0)
        {
            return;
        }

        if (TakesLists)
        {
            await statements.ExecuteAsync(transaction, WebhookSql.InsertAttempt, new AttemptLists(attempts), cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var attempt in attempts)
        {
            await statements.ExecuteAsync(transaction, WebhookSql.InsertAttempt, attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    private static object Lists(IReadOnlyList<EndParameters> ends) => new
    {
        ids = ends.Select(end => end.Id).ToArray(),
        tokens = ends.Select(end => end.Token).ToArray(),
        statuses = ends.Select(end => end.Status).ToArray(),
        statusCodes = ends.Select(end => end.StatusCode).ToArray(),
        errorClasses = ends.Select(end => end.ErrorClass).ToArray(),
        nextAttemptsAt = ends.Select(end => end.NextAttemptAt).ToArray(),
        notBefores = ends.Select(end => end.NotBefore).ToArray(),
        jobStates = ends.Select(end => end.JobState).ToArray(),
        jobsDueAt = ends.Select(end => end.JobDueAt).ToArray(),
        completedAt = ends.Select(end => end.CompletedAt).ToArray(),
    };

    private async Task<HashSet<string>> RunAsync<T>(
        DbConnection connection,
        DbTransaction? transaction,
        string name,
        IReadOnlyList<T> items,
        Func<T, object> one,
        Func<object> lists,
        CancellationToken cancellationToken)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        if (TakesLists)
        {
            done.UnionWith(await statements.QueryAsync<string>(connection, transaction, name, lists(), cancellationToken).ConfigureAwait(false));
            return done;
        }

        foreach (var item in items)
        {
            done.UnionWith(await statements.QueryAsync<string>(connection, transaction, name, one(item), cancellationToken).ConfigureAwait(false));
        }

        return done;
    }
}
