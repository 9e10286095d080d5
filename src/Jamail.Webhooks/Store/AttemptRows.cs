using System.Data.Common;
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
            () => new
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
            },
            cancellationToken);

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
