using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Ends a delivery because somebody asked for it.</summary>
internal sealed class DeliveryCancel(Database database, Statements statements, LaneStore lanes, UnwantedJobs unwanted, TimeProvider clock)
{
    public async Task<CancelResult> CancelAsync(DeliveryRow row, CancellationToken cancellationToken)
    {
        switch ((DeliveryStatus)row.Status)
        {
            case DeliveryStatus.Sending:
                return CancelResult.InFlight;
            case not (DeliveryStatus.Pending or DeliveryStatus.Retrying):
                return CancelResult.Ended;
        }

        var (cancelled, jobs) = await database.WriteAsync(
            async (transaction, token) =>
            {
                var waiting = await statements.QueryAsync<OutboxDelivery>(
                    transaction, WebhookSql.LoadOutbox, new { ids = new[] { row.Id } }, token).ConfigureAwait(false);
                var ended = await statements.ExecuteAsync(
                    transaction, WebhookSql.CancelDelivery, new { id = row.Id, now = clock.UnixMs() }, token).ConfigureAwait(false);
                return (ended > 0, waiting);
            },
            cancellationToken).ConfigureAwait(false);
        if (!cancelled)
        {
            return CancelResult.InFlight;
        }

        await unwanted.RemoveAsync(jobs, cancellationToken).ConfigureAwait(false);
        if (row.Lane is { } lane)
        {
            await lanes.AdvanceAsync(lane, cancellationToken).ConfigureAwait(false);
        }

        return CancelResult.Accepted;
    }
}
