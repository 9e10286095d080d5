using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Deliveries as the outbox sees them.</summary>
internal sealed class DeliveryOutboxStore(
    Database database, Statements statements, SettleRows rows, DeliveryJobs jobs, WaitingJobs waiting, UnwantedJobs unwanted, OwnEnds own) : IOutboxStore<OutboxDelivery>
{
    public async Task<IReadOnlyList<OutboxDelivery>> LeaseWantedAsync(
        int limit, long now, long leaseUntil, CancellationToken cancellationToken)
    {
        var rows = await LeaseAsync(WebhookSql.LeaseWanted, new { limit, now, leaseUntil }, cancellationToken).ConfigureAwait(false);
        return await unwanted.WithoutDeletedAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<OutboxDelivery>> LeaseOverdueAsync(
        int limit, long now, long checkAt, CancellationToken cancellationToken) =>
        LeaseAsync(WebhookSql.LeaseOverdue, new { limit, now, checkAt }, cancellationToken);

    public async Task ConfirmAsync(IReadOnlyList<OutboxDelivery> rows, string epoch, long checkAt, CancellationToken cancellationToken)
    {
        var ids = await database.WriteOftenAsync(
            async (connection, transaction, token) =>
            {
                var open = new HashSet<string>(StringComparer.Ordinal);
                foreach (var parameters in Confirmations(rows, epoch, checkAt))
                {
                    open.UnionWith(await statements.QueryAsync<string>(
                        connection, transaction, WebhookSql.ConfirmJobs, parameters, token).ConfigureAwait(false));
                }

                return open;
            },
            cancellationToken).ConfigureAwait(false);
        if (ids.Count > 0)
        {
            await waiting.RenewChangedAsync([.. rows.Where(row => ids.Contains(row.Id))], cancellationToken).ConfigureAwait(false);
        }

        // What this host sent and ended meanwhile needs no look: most of what is not confirmed.
        await unwanted.RemoveLateAsync([.. rows.Where(row => ids.Contains(row.Id) || !own.Has(row.Id))], cancellationToken).ConfigureAwait(false);
    }

    public Task<int> WantAgainAsync(string epoch, long now, int limit, CancellationToken cancellationToken) =>
        ExecuteAsync(WebhookSql.WantAgain, new { epoch, now, limit }, cancellationToken);

    public Task SettleAsync(IReadOnlyList<OutboxFinding> findings, long now, CancellationToken cancellationToken)
    {
        var unknown = findings.Where(finding => Status(finding) is null || !own.Take(finding.Id)).ToList();
        return unknown.Count == 0 ? Task.CompletedTask : SettleUnknownAsync(unknown, now, cancellationToken);
    }

    public NewJob<RawJson> CreateJob(OutboxDelivery row) => jobs.Create(row);

    public string? RowOf(string jobId) => DeliveryJobs.RowOf(jobId);

    public Task<string?> ReadEventPositionAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            (connection, token) => statements.FirstAsync<string>(
                connection, WebhookSql.ReadPosition, new { name = WebhooksOptions.QueueName }, token),
            cancellationToken);

    public Task SaveEventPositionAsync(string position, CancellationToken cancellationToken) =>
        ExecuteAsync(WebhookSql.SavePosition, new { name = WebhooksOptions.QueueName, position }, cancellationToken);

    public Task CleanAsync(long now, CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<object> Confirmations(IReadOnlyList<OutboxDelivery> rows, string epoch, long checkAt) =>
        database.Dialect == SqlDialect.Postgres
            ? [new { ids = rows.Select(row => row.Id).ToArray(), leases = rows.Select(row => row.LeasedUntil).ToArray(), epoch, checkAt }]
            : rows.Select(row => new { id = row.Id, lease = row.LeasedUntil, epoch, checkAt });

    private Task<int> SettleUnknownAsync(List<OutboxFinding> findings, long now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (transaction, token) =>
            {
                foreach (var finding in findings.Where(finding => Status(finding) is null))
                {
                    // A delivery whose job vanished is sent again: receivers know a repeated event by its id, and one never sent is lost.
                    await statements.ExecuteAsync(transaction, WebhookSql.WantNewJob, new { id = finding.Id, now }, token).ConfigureAwait(false);
                }

                var ended = findings.Where(finding => Status(finding) is not null)
                    .Select(finding => new SettleParameters(finding.Id, finding.JobSeq, (int)Status(finding)!, finding.At)).ToList();
                foreach (var lane in await rows.SettleAsync(transaction, ended, now, token).ConfigureAwait(false))
                {
                    // Another worker ended the first of an order: the next one wants its job now.
                    await statements.ExecuteAsync(transaction, WebhookSql.LockLane, new { lane }, token).ConfigureAwait(false);
                    await statements.ExecuteAsync(
                        transaction, WebhookSql.AdvanceLane, new { lane, now, jobDueAt = now }, token).ConfigureAwait(false);
                }

                return findings.Count;
            },
            cancellationToken);

    /// <summary>How the queue says that a delivery ended; null when it does not.</summary>
    private static DeliveryStatus? Status(OutboxFinding finding) => finding.Kind switch
    {
        OutboxFindingKind.Completed => DeliveryStatus.Succeeded,
        OutboxFindingKind.Failed => DeliveryStatus.Exhausted,
        _ => null,
    };

    private Task<int> ExecuteAsync(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteOnceAsync(
            (connection, transaction, token) => statements.ExecuteAsync(connection, transaction, [name], parameters, token),
            cancellationToken);

    private Task<IReadOnlyList<OutboxDelivery>> LeaseAsync(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<OutboxDelivery>>(
            async (transaction, token) =>
            {
                var ids = await statements.QueryAsync<string>(transaction, name, parameters, token).ConfigureAwait(false);
                return ids.Count == 0
                    ? []
                    : await statements.QueryAsync<OutboxDelivery>(transaction, WebhookSql.LoadOutbox, new { ids = ids.ToArray() }, token).ConfigureAwait(false);
            },
            cancellationToken);
}
