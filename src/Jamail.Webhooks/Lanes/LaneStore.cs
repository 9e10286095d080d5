using System.Data.Common;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>
/// Keeps deliveries in order: of a lane only the first open delivery has a job, and when it ends the next one gets its own. The
/// lane's row puts those who add and those who advance one after the other, for as long as their transaction takes.
/// </summary>
internal sealed class LaneStore(
    Database database, Statements statements, Outbox<OutboxDelivery> outbox, OutboxSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The lane of a delivery; null when it need not wait for others.</summary>
    public static string? Of(string webhookId, int? ordering, string? key) => (WebhookOrdering)(ordering ?? 0) switch
    {
        WebhookOrdering.Endpoint => webhookId,
        WebhookOrdering.Key when key is not null => $"{webhookId}|{key}",
        _ => null,
    };

    /// <summary>Takes the next place of a lane.</summary>
    /// <returns>The place, and whether nobody is before it.</returns>
    public async Task<(long Seq, bool IsHead)> JoinAsync(
        DbTransaction transaction, string lane, string webhookId, CancellationToken cancellationToken)
    {
        var place = await statements.FirstAsync<LaneRow>(
            transaction, WebhookSql.JoinLane, new { lane, webhookId, now = clock.UnixMs() }, cancellationToken).ConfigureAwait(false);
        var before = await statements.FirstAsync<long>(
            transaction, WebhookSql.CountOpenOfLane, new { lane }, cancellationToken).ConfigureAwait(false);
        return (place!.LastSeq, before == 0 && place.BlockedBy is null); // The statement always returns its row.
    }

    /// <summary>Gives the first open delivery of a lane its job, unless it has one.</summary>
    public async Task AdvanceAsync(string lane, CancellationToken cancellationToken)
    {
        var jobDueAt = clock.UnixMs() + (long)settings.ConfirmWithin.TotalMilliseconds;
        var next = await database.WriteAsync<IReadOnlyList<OutboxDelivery>>(
            async (transaction, token) =>
            {
                await statements.ExecuteAsync(transaction, WebhookSql.LockLane, new { lane }, token).ConfigureAwait(false);
                var ids = await statements.QueryAsync<string>(
                    transaction, WebhookSql.AdvanceLane, new { lane, now = clock.UnixMs(), jobDueAt }, token).ConfigureAwait(false);
                return ids.Count == 0
                    ? []
                    : await statements.QueryAsync<OutboxDelivery>(transaction, WebhookSql.LoadOutbox, new { ids = ids.ToArray() }, token)
                        .ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var row in next)
        {
            row.LeasedUntil = jobDueAt;
            await outbox.AddNowAsync(row, Patience, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes on with lanes whose last worker died before it could.</summary>
    public async Task AdvanceStoppedAsync(CancellationToken cancellationToken)
    {
        var lanes = await database.ReadAsync(
            (connection, token) => statements.QueryAsync<string>(
                connection, WebhookSql.ListStoppedLanes, new { limit = OutboxSettings.PageSize }, token),
            cancellationToken).ConfigureAwait(false);
        foreach (var lane in lanes)
        {
            await AdvanceAsync(lane, cancellationToken).ConfigureAwait(false);
        }
    }
}
