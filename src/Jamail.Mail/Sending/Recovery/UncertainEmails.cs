using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Resolves doubts by hand.</summary>
internal sealed class UncertainEmails(
    Database database, Statements statements, MailRows rows, AttemptWriter writer, MailEvents events, MailAudit audit, ISendLog log, BulkFeed bulk, TimeProvider clock)
    : IUncertainEmails
{
    /// <summary>The source of events that somebody's decision made.</summary>
    private const string Hand = "hand";

    private const int PageSize = 200;

    public async Task<SendLogEntry?> ResolveAsync(
        EmailId id, UncertainResolution resolution, string tenant, CancellationToken cancellationToken)
    {
        if (await log.TryGetAsync(id.Value, tenant, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return null;
        }

        if (!await ResolveAsync(entry.Id.Value, tenant, resolution, cancellationToken).ConfigureAwait(false))
        {
            var now = await log.TryGetAsync(id.Value, tenant, cancellationToken).ConfigureAwait(false);
            throw new MailException(
                MailError.NotUncertain,
                $"E-mail '{id}' is {now?.Status.WireName()}; only one that is uncertain can be resolved.");
        }

        bulk.Announce();
        return await log.TryGetAsync(id.Value, tenant, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> ResolveAllAsync(
        UncertainQuery query, UncertainResolution resolution, bool dryRun, CancellationToken cancellationToken)
    {
        var count = 0;
        var after = new UncertainRow();
        while (true)
        {
            var parameters = new
            {
                tenant = query.Tenant,
                category = query.Category,
                provider = query.Provider,
                before = query.QueuedBefore?.ToUnixTimeMilliseconds() ?? long.MaxValue,
                at = after.QueuedAt,
                id = after.Id,
                count = PageSize,
            };
            var page = await database.ReadAsync(
                (connection, token) => statements.QueryAsync<UncertainRow>(connection, MailSql.FindUncertain, parameters, token),
                cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
            {
                count += dryRun || await ResolveAsync(row.Id, query.Tenant, resolution, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }

            if (page.Count < PageSize)
            {
                bulk.Announce();
                return count;
            }

            after = page[^1];
        }
    }

    private Task<bool> ResolveAsync(string id, string tenant, UncertainResolution resolution, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                var (status, reason) = resolution switch
                {
                    UncertainResolution.Sent => (EmailStatus.Sent, (string?)null),
                    UncertainResolution.Failed => (EmailStatus.Failed, "Resolved by hand: it was not sent."),
                    _ => (EmailStatus.Uncertain, "Resolved by hand: it is sent again."),
                };
                var again = resolution == UncertainResolution.Resend;
                var now = clock.UnixMs();
                if (status == EmailStatus.Sent && await GoOnAsync(transaction, id, tenant, token).ConfigureAwait(false))
                {
                    await audit.WriteAsync(transaction, tenant, "email.resolved", id, "as sent, to a part of its recipients", token).ConfigureAwait(false);
                    return true;
                }

                var parameters = new
                {
                    id,
                    tenant,
                    status = (int)status,
                    reason,
                    sentAt = status == EmailStatus.Sent ? now : (long?)null,
                    completedAt = again ? (long?)null : now,
                    nextAttemptAt = again ? now : (long?)null,
                    again = again ? 1 : 0,
                    now,
                };
                if (await statements.ExecuteAsync(transaction, MailSql.ResolveUncertain, parameters, token).ConfigureAwait(false) == 0)
                {
                    return false;
                }

                await (again
                    ? statements.WantJobAsync(transaction, id, now, token)
                    : statements.EndJobAsync(transaction, id, token)).ConfigureAwait(false);
                var row = await rows.FindAsync(transaction, id, token).ConfigureAwait(false);
                await events.WriteAsync(
                    transaction, row!, status, reason, null, row!.NextAttemptAt, Hand, token).ConfigureAwait(false); // Just updated.
                await audit.WriteAsync(transaction, tenant, "email.resolved", id, $"as {resolution.ToString().ToLowerInvariant()}", token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <summary>A part was sent: those it left out are not.</summary>
    private async Task<bool> GoOnAsync(DbTransaction transaction, string id, string tenant, CancellationToken cancellationToken)
    {
        const string Reason = "Resolved by hand: it was sent to a part of its recipients, and goes on with the others.";
        var row = await rows.FindAsync(transaction, id, cancellationToken).ConfigureAwait(false);
        if (row is null || row.TenantId != tenant || !await writer.GoOnAsync(transaction, row, null, Reason, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await events.NoteAsync(transaction, row, "email.sent_in_part", Hand, Reason, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private sealed class UncertainRow
    {
        public string Id { get; set; } = "";

        public long QueuedAt { get; set; } = long.MinValue;
    }
}
