using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>
/// Gives the jobs that wait for an endpoint its new address and secret when they change: workers in other languages know only what the job carries. Our
/// own read the endpoint itself.
/// </summary>
internal sealed class WaitingJobs(
    Database database, Statements statements, IJobQueues queues, DeliveryJobs jobs, IOptions<WebhooksOptions> options)
{
    /// <summary>After the endpoint's change was stored. Its jobs that are not confirmed yet are looked at when they are.</summary>
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
            await UpdateAsync(page, cancellationToken).ConfigureAwait(false);
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == OutboxSettings.PageSize);
    }

    /// <summary>
    /// Looks at jobs that were confirmed just now: the endpoint may have changed between the reading of their rows and the confirmation, and
    /// the change itself looks at confirmed jobs only.
    /// </summary>
    /// <param name="rows">As the jobs were made from them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RenewChangedAsync(IReadOnlyList<OutboxDelivery> rows, CancellationToken cancellationToken)
    {
        if (options.Value.NodeWorkers && await TakeChangesAsync(rows, cancellationToken).ConfigureAwait(false) is { Count: > 0 } changed)
        {
            await UpdateAsync(changed, cancellationToken).ConfigureAwait(false);
        }
    }

    // Two changes at the same time may write in either order, so whoever wrote looks again. An attempt that is under way is made with
    // what its job carried.
    private async Task UpdateAsync(IReadOnlyList<OutboxDelivery> rows, CancellationToken cancellationToken)
    {
        var inspector = queues.Inspect(WebhooksOptions.QueueName);
        while (rows.Count > 0)
        {
            foreach (var row in rows)
            {
                await inspector.UpdatePayloadAsync(row.JobId(DeliveryJobs.Prefix), jobs.Create(row).Payload, cancellationToken)
                    .ConfigureAwait(false);
            }

            rows = await TakeChangesAsync(rows, cancellationToken).ConfigureAwait(false);
        }
    }

    // The rows whose endpoint is not as they have it; they have it then.
    private async Task<IReadOnlyList<OutboxDelivery>> TakeChangesAsync(
        IReadOnlyList<OutboxDelivery> rows, CancellationToken cancellationToken)
    {
        var targets = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<OutboxDelivery>(
                connection, WebhookSql.FindTargets, new { ids = rows.Select(row => row.Id).ToArray() }, token),
            cancellationToken).ConfigureAwait(false);
        var now = targets.ToDictionary(target => target.Id, StringComparer.Ordinal);
        var changed = new List<OutboxDelivery>();
        foreach (var row in rows)
        {
            if (now.TryGetValue(row.Id, out var target) && (target.Url != row.Url || !target.Key.AsSpan().SequenceEqual(row.Key)))
            {
                (row.Url, row.Key) = (target.Url, target.Key);
                changed.Add(row);
            }
        }

        return changed;
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
