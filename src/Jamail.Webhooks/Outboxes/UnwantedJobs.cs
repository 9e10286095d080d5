using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>
/// Removes the jobs of deliveries that somebody ended: workers in other languages know only what the job carries, and would send it. A job that is being
/// worked on stays, and so do those that are left when Redis goes away: a worker of ours finds their delivery ended, and sends nothing.
/// </summary>
internal sealed class UnwantedJobs(
    Database database, Statements statements, EndpointStore endpoints, IJobQueues queues, IOptions<WebhooksOptions> options)
{
    /// <summary>After the end of the deliveries was stored.</summary>
    /// <param name="ended">Deliveries, of which only the job's id need be known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RemoveAsync(IReadOnlyList<OutboxDelivery> ended, CancellationToken cancellationToken)
    {
        var inspector = queues.Inspect(WebhooksOptions.QueueName);
        try
        {
            foreach (var page in ended.Chunk(OutboxSettings.PageSize))
            {
                await Task.WhenAll(page.Select(row => inspector.RemoveAsync(row.JobId(DeliveryJobs.Prefix), cancellationToken))).ConfigureAwait(false);
            }
        }
        catch (JobQueueException)
        {
        }
    }

    /// <summary>After the payload of the deliveries was removed: a job carries a copy, also one that has ended.</summary>
    public Task RemoveEveryAsync(IReadOnlyList<OutboxDelivery> deliveries, CancellationToken cancellationToken) =>
        RemoveAsync(
            [.. deliveries.SelectMany(row => Enumerable.Range(1, row.JobSeq).Select(seq => new OutboxDelivery { Id = row.Id, JobSeq = seq }))],
            cancellationToken);

    /// <summary>
    /// Looks at jobs that were added just now: their delivery may have been ended, or their endpoint deleted, after their rows were read, and whoever did
    /// that found no job to remove.
    /// </summary>
    /// <param name="added">As the jobs were made from them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RemoveLateAsync(IReadOnlyList<OutboxDelivery> added, CancellationToken cancellationToken)
    {
        if (!options.Value.NodeWorkers || added.Count == 0)
        {
            return;
        }

        var unwanted = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<OutboxDelivery>(
                connection, WebhookSql.ListUnwanted, new { ids = added.Select(row => row.Id).ToArray() }, token),
            cancellationToken).ConfigureAwait(false);
        if (unwanted.Count > 0)
        {
            var ids = unwanted.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
            await RemoveAsync([.. added.Where(row => ids.Contains(row.Id))], cancellationToken).ConfigureAwait(false);
            await DiscardAsync(unwanted, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends what was published to an endpoint while it was being deleted.</summary>
    /// <param name="rows">As the outbox read them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Those that still want a job.</returns>
    public async Task<IReadOnlyList<OutboxDelivery>> WithoutDeletedAsync(IReadOnlyList<OutboxDelivery> rows, CancellationToken cancellationToken)
    {
        var deleted = rows.Where(row => row.IsOfDeleted).ToList();
        if (deleted.Count == 0)
        {
            return rows;
        }

        await DiscardAsync(deleted, cancellationToken).ConfigureAwait(false);
        return [.. rows.Where(row => !row.IsOfDeleted)];
    }

    private async Task DiscardAsync(IReadOnlyList<OutboxDelivery> rows, CancellationToken cancellationToken)
    {
        foreach (var webhookId in rows.Where(row => row.IsOfDeleted).Select(row => row.WebhookId).Distinct(StringComparer.Ordinal))
        {
            await RemoveAsync(await endpoints.DiscardAsync(webhookId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }
}
