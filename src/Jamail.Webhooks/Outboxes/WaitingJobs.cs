using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>
/// Makes the jobs that wait for an endpoint anew when its address or secret changes: workers in other languages know only what
/// the job carries. Our own read the endpoint itself.
/// </summary>
internal sealed class WaitingJobs(
    Database database,
    Statements statements,
    IJobQueues queues,
    CommitSignal signal,
    IOptions<WebhooksOptions> options,
    TimeProvider clock)
{
    public async Task RenewAsync(string webhookId, CancellationToken cancellationToken)
    {
        if (!options.Value.NodeWorkers)
        {
            return;
        }

        var after = "";
        IReadOnlyList<OutboxDelivery> page;
        do
        {
            page = await NextAsync(webhookId, after, cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
            {
                await RenewAsync(row, cancellationToken).ConfigureAwait(false);
                after = row.Id;
            }
        }
        while (page.Count == OutboxSettings.PageSize);
    }

    /// <summary>
    /// Makes jobs anew that were confirmed just now, where the endpoint changed between the reading of its row and the confirmation: the
    /// change itself looks at confirmed jobs only.
    /// </summary>
    /// <param name="rows">As the jobs were made from them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RenewChangedAsync(IReadOnlyList<OutboxDelivery> rows, CancellationToken cancellationToken)
    {
        if (!options.Value.NodeWorkers)
        {
            return;
        }

        var targets = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<OutboxDelivery>(
                connection, WebhookSql.FindTargets, new { ids = rows.Select(row => row.Id).ToArray() }, token),
            cancellationToken).ConfigureAwait(false);
        var now = targets.ToDictionary(target => target.Id, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (now.TryGetValue(row.Id, out var target) && (target.Url != row.Url || !target.Key.AsSpan().SequenceEqual(row.Key)))
            {
                await RenewAsync(row, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A job that is being worked cannot be removed, and its attempt is made with what it carries. One that is removed when the
    // host dies before the row wants another is found missing by the sweep.
    private async Task RenewAsync(OutboxDelivery row, CancellationToken cancellationToken)
    {
        var inspector = queues.Inspect(WebhooksOptions.QueueName);
        if (!await inspector.RemoveAsync(row.JobId(DeliveryJobs.Prefix), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await database.WriteAsync(
            async (transaction, token) =>
            {
                await statements.ExecuteAsync(
                    transaction, WebhookSql.WantNewJob, new { id = row.Id, now = clock.UnixMs() }, token).ConfigureAwait(false);
                await signal.AnnounceAsync(transaction, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<IReadOnlyList<OutboxDelivery>> NextAsync(string webhookId, string after, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<OutboxDelivery>>(
            async (connection, token) =>
            {
                var ids = await statements.QueryAsync<string>(
                    connection, WebhookSql.ListWaiting, new { webhookId, after, limit = OutboxSettings.PageSize }, token).ConfigureAwait(false);
                return ids.Count == 0
                    ? []
                    : [.. (await statements.QueryAsync<OutboxDelivery>(
                        connection, WebhookSql.LoadOutbox, new { ids = ids.ToArray() }, token).ConfigureAwait(false))
                        .OrderBy(row => row.Id, StringComparer.Ordinal)];
            },
            cancellationToken);
}
