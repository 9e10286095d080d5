using System.Data.Common;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Events and the deliveries they start with.</summary>
internal sealed class EventStore(
    Statements statements, LaneStore lanes, OutboxSettings settings, IOptions<WebhooksOptions> options, TimeProvider clock)
{
    /// <returns>Null when the event is new; else what was published before under the caller's id.</returns>
    /// <exception cref="IdempotencyException">The caller's id was used for another event.</exception>
    public async Task<PublishedEvent?> TryInsertAsync(
        DbTransaction transaction, EventToPublish published, CancellationToken cancellationToken)
    {
        var now = clock.UnixMs();
        var about = published.Options;
        var trace = CurrentTrace.Read();
        var parameters = new
        {
            id = published.Id,
            tenant = about.Tenant,
            type = published.Type,
            uid = about.EventId,
            orderingKey = about.OrderingKey,
            channels = TextList.ToColumn(about.Channels),
            tags = TextList.ToColumn(about.Tags),
            trace = trace.Parent,
            traceState = trace.State,
            occurredAt = about.OccurredAt?.ToUnixTimeMilliseconds() ?? now,
            payloadExpiresAt = now + (long)(about.KeepPayload ?? options.Value.KeepPayloads).TotalMilliseconds,
            now,
            body = Encoding.UTF8.GetString(published.Body),
            sha256 = published.Sha256,
            bytes = published.Body.Length,
        };
        return await statements.ExecuteAsync(transaction, WebhookSql.InsertEvent, parameters, cancellationToken).ConfigureAwait(false) == 1
            ? null
            : await FindAsync(transaction, published, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One delivery for each endpoint that takes the event; those that are paused or disabled keep it as skipped.</summary>
    /// <param name="transaction">The transaction that holds the event.</param>
    /// <param name="published">The event.</param>
    /// <param name="isOwn">Whether the caller adds the jobs itself right after the commit.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many endpoints get it, and the deliveries that want a job now.</returns>
    public async Task<(int Total, IReadOnlyList<OutboxDelivery> Rows)> FanOutAsync(
        DbTransaction transaction, EventToPublish published, bool isOwn, CancellationToken cancellationToken)
    {
        var subscribers = await statements.QueryAsync<SubscriberRow>(
            transaction, WebhookSql.ListSubscribers, new { tenant = published.Options.Tenant }, cancellationToken).ConfigureAwait(false);
        using var matcher = new EventMatcher(published.Type, published.Body, published.Options.Channels);
        var rows = new List<OutboxDelivery>();
        var total = 0;
        foreach (var endpoint in subscribers)
        {
            if (endpoint.Id == published.ExceptWebhookId || !matcher.IsTakenBy(endpoint))
            {
                continue;
            }

            var row = await InsertAsync(transaction, published, endpoint, isOwn, cancellationToken).ConfigureAwait(false);
            total += endpoint.Status == (int)WebhookEndpointStatus.Active ? 1 : 0;
            if (row is not null)
            {
                rows.Add(row);
            }
        }

        return (total, rows);
    }

    /// <returns>Null when the delivery wants no job now: it is skipped, or waits for those before it.</returns>
    public async Task<OutboxDelivery?> InsertAsync(
        DbTransaction transaction, EventToPublish published, SubscriberRow endpoint, bool isOwn, CancellationToken cancellationToken)
    {
        var now = clock.UnixMs();
        var isActive = endpoint.Status == (int)WebhookEndpointStatus.Active;
        var lane = LaneStore.Of(endpoint.Id, endpoint.Ordering, published.Options.OrderingKey);
        (long Seq, bool IsHead)? place = lane is not null
            ? await lanes.JoinAsync(transaction, lane, endpoint.Id, cancellationToken).ConfigureAwait(false)
            : null;
        var wantsJob = isActive && place?.IsHead != false;
        var jobDueAt = isOwn ? now + (long)settings.ConfirmWithin.TotalMilliseconds : now;
        var row = new OutboxDelivery
        {
            Id = Ids.New(clock),
            LeasedUntil = jobDueAt,
            WebhookId = endpoint.Id,
            EventType = published.Type,
            CreatedAt = now,
            Body = Encoding.UTF8.GetString(published.Body),
            Url = endpoint.Url,
            Key = endpoint.Key,
            RetrySchedule = endpoint.RetrySchedule,
        };
        var parameters = new
        {
            id = row.Id,
            compatId = (string?)null,
            eventId = published.Id,
            webhookId = endpoint.Id,
            tenant = published.Options.Tenant,
            type = published.Type,
            status = (int)(isActive ? DeliveryStatus.Pending : DeliveryStatus.Skipped),
            lane,
            seq = place?.Seq,
            origin = AttemptOrigin.Schedule,
            jobState = wantsJob ? OutboxJobState.Wanted : OutboxJobState.None,
            jobDueAt,
            now,
            completedAt = isActive ? (long?)null : now,
        };
        await statements.ExecuteAsync(transaction, WebhookSql.InsertDelivery, parameters, cancellationToken).ConfigureAwait(false);
        return wantsJob ? row : null;
    }

    private async Task<PublishedEvent> FindAsync(
        DbTransaction transaction, EventToPublish published, CancellationToken cancellationToken)
    {
        var uid = published.Options.EventId;
        var earlier = await statements.FirstAsync<EventRow>(
            transaction, WebhookSql.FindEventByUid, new { tenant = published.Options.Tenant, uid }, cancellationToken).ConfigureAwait(false);
        return earlier is not null && earlier.EventType == published.Type && earlier.BodySha256.AsSpan().SequenceEqual(published.Sha256)
            ? new PublishedEvent(earlier.Id, (int)earlier.Deliveries)
            : throw new IdempotencyException(
                $"Event id '{uid}' was published with another type or payload; use a new id for a new event.", isInFlight: false);
    }
}
