using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Makes one more attempt because somebody asked for it.</summary>
internal sealed class DeliveryResend(
    Database database,
    Statements statements,
    EndpointStore endpoints,
    Outbox<OutboxDelivery> outbox,
    OutboxSettings settings,
    IJobQueues queues,
    TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<ResendResult> ResendAsync(DeliveryRow row, string tenant, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.FindAsync(row.WebhookId, tenant, cancellationToken).ConfigureAwait(false);
        if (endpoint is null or { Status: EndpointRow.Deleted })
        {
            return ResendResult.EndpointDeleted;
        }

        if (row.IsExpunged == 1)
        {
            return ResendResult.PayloadGone;
        }

        return (DeliveryStatus)row.Status switch
        {
            DeliveryStatus.Pending or DeliveryStatus.Sending => ResendResult.InFlight,
            DeliveryStatus.Retrying => await HastenAsync(row.Id, cancellationToken).ConfigureAwait(false),
            _ => await RepeatAsync(row.Id, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>The job waits for its next attempt: that one is made now.</summary>
    private async Task<ResendResult> HastenAsync(string id, CancellationToken cancellationToken)
    {
        var waiting = await database.WriteAsync(
            async (transaction, token) =>
            {
                await statements.ExecuteAsync(transaction, WebhookSql.HastenDelivery, new { id }, token).ConfigureAwait(false);
                return await statements.FirstAsync<OutboxDelivery>(
                    transaction, WebhookSql.LoadOutbox, new { ids = new[] { id } }, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        try
        {
            await queues.Inspect(WebhooksOptions.QueueName)
                .PromoteAsync(waiting!.JobId(DeliveryJobs.Prefix), cancellationToken).ConfigureAwait(false); // Its row was just read.
            return ResendResult.Accepted;
        }
        catch (JobQueueException exception) when (exception.Error is JobQueueError.InvalidState or JobQueueError.JobNotFound)
        {
            return ResendResult.InFlight;
        }
    }

    private async Task<ResendResult> RepeatAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.UnixMs();
        var jobDueAt = now + (long)settings.ConfirmWithin.TotalMilliseconds;
        var rows = await database.WriteAsync<IReadOnlyList<OutboxDelivery>>(
            async (transaction, token) =>
            {
                var wanted = await statements.ExecuteAsync(
                    transaction, WebhookSql.ResendDelivery, new { id, now, jobDueAt }, token).ConfigureAwait(false);
                return wanted == 0
                    ? []
                    : await statements.QueryAsync<OutboxDelivery>(
                        transaction, WebhookSql.LoadOutbox, new { ids = new[] { id } }, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return ResendResult.InFlight;
        }

        rows[0].LeasedUntil = jobDueAt;
        await outbox.AddNowAsync(rows[0], Patience, cancellationToken).ConfigureAwait(false);
        return ResendResult.Accepted;
    }
}
