using Jamail.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Removes what is past its time, a little at a time, so that nobody waits for it.</summary>
internal sealed class Retention(
    Database database, Statements statements, IOptions<WebhooksOptions> options, TimeProvider clock, ILogger<Retention> logger)
{
    private const int Slice = 1000;
    private const int Lanes = 100;

    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RemoveAsync(CancellationToken cancellationToken)
    {
        var now = clock.UnixMs();
        var before = now - (long)options.Value.KeepDeliveries.TotalMilliseconds;
        var attempts = await ExecuteAsync(
            WebhookSql.DeleteAttempts,
            new { before = now - (long)options.Value.KeepAttempts.TotalMilliseconds, limit = Slice },
            cancellationToken).ConfigureAwait(false);
        var payloads = await ExecuteAsync(WebhookSql.ExpungePayloads, new { now, limit = Slice }, cancellationToken).ConfigureAwait(false);
        var deliveries = await ExecuteAsync(WebhookSql.DeleteDeliveries, new { before, limit = Slice }, cancellationToken).ConfigureAwait(false);
        var events = await ExecuteAsync(WebhookSql.DeleteEvents, new { before, limit = Slice }, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(WebhookSql.DeleteTasks, new { before }, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(WebhookSql.DeleteExpiredIdempotency, new { now }, cancellationToken).ConfigureAwait(false);
        await RemoveLanesAsync(before, cancellationToken).ConfigureAwait(false);
        if (attempts + payloads + deliveries + events > 0)
        {
            logger.Expired(attempts, payloads, deliveries, events);
        }

        return attempts == Slice || payloads == Slice || deliveries == Slice || events == Slice;
    }

    private async Task RemoveLanesAsync(long before, CancellationToken cancellationToken)
    {
        var lanes = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<string>(connection, WebhookSql.ListOldLanes, new { before, limit = Lanes }, token),
            cancellationToken).ConfigureAwait(false);
        foreach (var lane in lanes)
        {
            await database.WriteAsync(
                async (transaction, token) =>
                {
                    await statements.ExecuteAsync(transaction, WebhookSql.LockLane, new { lane }, token).ConfigureAwait(false);
                    return await statements.ExecuteAsync(transaction, WebhookSql.DeleteLane, new { lane, before }, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<int> ExecuteAsync(string name, object parameters, CancellationToken cancellationToken) =>
        database.WriteAsync((transaction, token) => statements.ExecuteAsync(transaction, name, parameters, token), cancellationToken);
}
