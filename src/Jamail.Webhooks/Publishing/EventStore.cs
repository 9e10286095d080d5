using System.Data.Common;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Events and the deliveries they start with.</summary>
internal sealed class EventStore(
    Statements statements, EventRows rows, LaneStore lanes, OutboxSettings settings, IOptions<WebhooksOptions> options, TimeProvider clock)
{
    /// <returns>Null when the event is new; else what was published before under the caller's id.</returns>
    /// <exception cref="IdempotencyException">The caller's id was used for another event.</exception>
    public async Task<PublishedEvent?> TryInsertAsync(
        DbTransaction transaction, EventToPublish published, CancellationToken cancellationToken) =>
        await rows.InsertAsync(transaction, [Row(published)], cancellationToken).ConfigureAwait(false) == 1
            ? null
            : await FindAsync(transaction, published, cancellationToken).ConfigureAwait(false);

    /// <summary>One delivery for each endpoint that takes the event; those that are paused or disabled keep it as skipped.</summary>
    /// <param name="transaction">The transaction that holds the event.</param>
    /// <param name="published">The event.</param>
    /// <param name="isOwn">Whether the caller adds the jobs itself right after the commit.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many endpoints get it, and the deliveries that want a job now.</returns>
    public async Task<(int Total, IReadOnlyList<OutboxDelivery> Rows)> FanOutAsync(
        DbTransaction transaction, EventToPublish published, bool isOwn, CancellationToken cancellationToken)
    {
        var subscribers = await SubscribersAsync(
            transaction.Connection!, transaction, [published.Options.Tenant], cancellationToken).ConfigureAwait(false);
        var jobs = new List<OutboxDelivery>();
        var total = 0;
        foreach (var endpoint in Takers(published, subscribers))
        {
            var job = await InsertAsync(transaction, published, endpoint, isOwn, cancellationToken).ConfigureAwait(false);
            total += IsActive(endpoint) ? 1 : 0;
            if (job is not null)
            {
                jobs.Add(job);
            }
        }

        return (total, jobs);
    }

    /// <returns>Null when the delivery wants no job now: it is skipped, or waits for those before it.</returns>
    public async Task<OutboxDelivery?> InsertAsync(
        DbTransaction transaction, EventToPublish published, SubscriberRow endpoint, bool isOwn, CancellationToken cancellationToken)
    {
        var lane = LaneOf(published, endpoint);
        (long Seq, bool IsHead)? place = lane is not null
            ? await lanes.JoinAsync(transaction, lane, endpoint.Id, cancellationToken).ConfigureAwait(false)
            : null;
        var (row, job) = Delivery(published, endpoint, isOwn, lane, place?.Seq, isHeld: place?.IsHead == false);
        await rows.InsertAsync(transaction, [row], cancellationToken).ConfigureAwait(false);
        return job;
    }

    /// <summary>
    /// Stores events that no caller gave an id, and their deliveries, which their callers add the jobs of right after the commit.
    /// </summary>
    /// <returns>For each event what became of it; null for one that must keep an order, which is not stored.</returns>
    public async Task<IReadOnlyList<StoredEvent?>> InsertManyAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<EventToPublish> published, CancellationToken cancellationToken)
    {
        var tenants = published.Select(one => one.Options.Tenant).Distinct(StringComparer.Ordinal).ToArray();
        var subscribers = (await SubscribersAsync(connection, transaction, tenants, cancellationToken).ConfigureAwait(false))
            .ToLookup(endpoint => endpoint.TenantId, StringComparer.Ordinal);
        var events = new List<EventParameters>(published.Count);
        var deliveries = new List<DeliveryParameters>(published.Count);
        var stored = new StoredEvent?[published.Count];
        for (var i = 0; i < stored.Length; i++)
        {
            var one = published[i];
            var takers = Takers(one, subscribers[one.Options.Tenant]);
            if (takers.Exists(endpoint => LaneOf(one, endpoint) is not null))
            {
                // Whoever waits for its place in an order would hold up all the others.
                continue;
            }

            var jobs = new List<OutboxDelivery>(takers.Count);
            foreach (var endpoint in takers)
            {
                var (row, job) = Delivery(one, endpoint, isOwn: true, lane: null, seq: null, isHeld: false);
                deliveries.Add(row);
                if (job is not null)
                {
                    jobs.Add(job);
                }
            }

            events.Add(Row(one));
            stored[i] = new StoredEvent(new PublishedEvent(one.Id, takers.Count(IsActive)), jobs);
        }

        if (events.Count > 0)
        {
            await rows.InsertAsync(connection, transaction, events, deliveries, cancellationToken).ConfigureAwait(false);
        }

        return stored;
    }

    private Task<IReadOnlyList<SubscriberRow>> SubscribersAsync(
        DbConnection connection, DbTransaction? transaction, string[] tenants, CancellationToken cancellationToken) =>
        statements.QueryAsync<SubscriberRow>(connection, transaction, WebhookSql.ListSubscribers, new { tenants }, cancellationToken);

    private static List<SubscriberRow> Takers(EventToPublish published, IEnumerable<SubscriberRow> subscribers)
    {
        using var matcher = new EventMatcher(published.Type, published.Body, published.Options.Channels);
        return [.. subscribers.Where(endpoint => endpoint.Id != published.ExceptWebhookId && matcher.IsTakenBy(endpoint))];
    }

    private static bool IsActive(SubscriberRow endpoint) => endpoint.Status == (int)WebhookEndpointStatus.Active;

    private static string? LaneOf(EventToPublish published, SubscriberRow endpoint) =>
        LaneStore.Of(endpoint.Id, endpoint.Ordering, published.Options.OrderingKey);

    private EventParameters Row(EventToPublish published)
    {
        var now = clock.UnixMs();
        var about = published.Options;
        return new EventParameters
        {
            Id = published.Id,
            Tenant = about.Tenant,
            Type = published.Type,
            Uid = about.EventId,
            OrderingKey = about.OrderingKey,
            Channels = TextList.ToColumn(about.Channels),
            Tags = TextList.ToColumn(about.Tags),
            Trace = published.Trace.Parent,
            TraceState = published.Trace.State,
            OccurredAt = about.OccurredAt?.ToUnixTimeMilliseconds() ?? now,
            PayloadExpiresAt = now + (long)(about.KeepPayload ?? options.Value.KeepPayloads).TotalMilliseconds,
            Now = now,
            Body = Encoding.UTF8.GetString(published.Body),
            Sha256 = published.Sha256,
            Bytes = published.Body.Length,
        };
    }

    private (DeliveryParameters Row, OutboxDelivery? Job) Delivery(
        EventToPublish published, SubscriberRow endpoint, bool isOwn, string? lane, long? seq, bool isHeld)
    {
        var now = clock.UnixMs();
        var wantsJob = IsActive(endpoint) && !isHeld;
        var job = new OutboxDelivery
        {
            Id = Ids.New(clock),
            LeasedUntil = isOwn ? now + (long)settings.ConfirmWithin.TotalMilliseconds : now,
            WebhookId = endpoint.Id,
            EventType = published.Type,
            CreatedAt = now,
            Body = Encoding.UTF8.GetString(published.Body),
            Url = endpoint.Url,
            Key = endpoint.Key,
            RetrySchedule = endpoint.RetrySchedule,
        };
        var row = new DeliveryParameters
        {
            Id = job.Id,
            EventId = published.Id,
            WebhookId = endpoint.Id,
            Tenant = published.Options.Tenant,
            Type = published.Type,
            Status = (int)(IsActive(endpoint) ? DeliveryStatus.Pending : DeliveryStatus.Skipped),
            Lane = lane,
            Seq = seq,
            Origin = AttemptOrigin.Schedule,
            JobState = wantsJob ? OutboxJobState.Wanted : OutboxJobState.None,
            JobDueAt = job.LeasedUntil,
            Now = now,
            CompletedAt = IsActive(endpoint) ? null : now,
        };
        return (row, wantsJob ? job : null);
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
