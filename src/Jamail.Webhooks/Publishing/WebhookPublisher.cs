using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IWebhookPublisher"/>
internal sealed class WebhookPublisher(
    Database database,
    EventStore events,
    EventGroups groups,
    EventTypeStore types,
    IdempotencyKeys idempotency,
    CommitSignal signal,
    Outbox<OutboxDelivery> outbox,
    WebhookMetrics metrics,
    IOptions<WebhooksOptions> options,
    TimeProvider clock,
    ILogger<WebhookPublisher> logger) : IWebhookPublisher
{
    private const string Route = "webhook-event";
    private const int AdvisedBytes = 20 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<PublishedEvent> PublishAsync<TPayload>(
        string eventType,
        TPayload payload,
        PublishOptions? publishing,
        DbTransaction? transaction,
        CancellationToken cancellationToken)
    {
        using var activity = WebhooksTelemetry.Source.StartActivity("webhook publish", ActivityKind.Producer);
        activity?.SetTag("jamail.webhook.event.type", eventType);
        var accepted = await CheckAsync(eventType, payload, publishing ?? new PublishOptions(), cancellationToken).ConfigureAwait(false);
        var stored = transaction is null && EventGroups.Takes(accepted.Options)
            ? await groups.StoreAsync(accepted, cancellationToken).ConfigureAwait(false)
            : null;
        stored ??= await StoreAloneAsync(accepted, transaction, cancellationToken).ConfigureAwait(false);
        activity?.SetTag("jamail.webhook.event", stored.Published.Id);
        if (transaction is null)
        {
            await Task.WhenAll(stored.Jobs.Select(job => outbox.AddNowAsync(job, Patience, cancellationToken))).ConfigureAwait(false);
        }

        return stored.Published;
    }

    private async Task<StoredEvent> StoreAloneAsync(
        EventToPublish accepted, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        IdempotencyScope? scope = accepted.Options.IdempotencyKey is { } key ? new(accepted.Options.Tenant, Route, key) : null;
        using var entered = scope is { } own ? idempotency.Enter(own) : null;
        return await database.WriteAsync(
            transaction, (writing, token) => WriteAsync(writing, accepted, scope, isOwn: transaction is null, token), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<EventToPublish> CheckAsync<TPayload>(
        string eventType, TPayload payload, PublishOptions about, CancellationToken cancellationToken)
    {
        var problems = new List<InputProblem>();
        PublishRules.Check(eventType, about, problems);
        byte[] body = [];
        try
        {
            body = EventPayload.From(payload, options.Value.MaxPayloadBytes);
        }
        catch (InvalidInputException exception)
        {
            problems.AddRange(exception.Problems);
        }

        if (problems.Count == 0)
        {
            await types.CheckAsync(about.Tenant, eventType, body, problems, cancellationToken).ConfigureAwait(false);
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        metrics.Published(body.Length);
        if (body.Length > AdvisedBytes)
        {
            logger.PayloadLarge(eventType, body.Length, AdvisedBytes);
        }

        return EventToPublish.Of(Ids.New(clock), eventType, body, about);
    }

    private async Task<StoredEvent> WriteAsync(
        DbTransaction transaction, EventToPublish accepted, IdempotencyScope? scope, bool isOwn, CancellationToken cancellationToken)
    {
        var fingerprint = Fingerprint(accepted);
        if (scope is { } key && await idempotency.FindAsync(transaction, key, fingerprint, cancellationToken).ConfigureAwait(false) is { } told)
        {
            var parts = told.Split(' ');
            return new StoredEvent(new PublishedEvent(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)) { IsRepeat = true }, []);
        }

        if (await events.TryInsertAsync(transaction, accepted, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return new StoredEvent(earlier with { IsRepeat = true }, []);
        }

        var (total, jobs) = await events.FanOutAsync(transaction, accepted, isOwn, cancellationToken).ConfigureAwait(false);
        if (!isOwn && jobs.Count > 0)
        {
            await signal.AnnounceAsync(transaction, cancellationToken).ConfigureAwait(false);
        }

        if (scope is { } first)
        {
            await idempotency.StoreAsync(transaction, first, fingerprint, $"{accepted.Id} {total}", cancellationToken).ConfigureAwait(false);
        }

        return new StoredEvent(new PublishedEvent(accepted.Id, total), jobs);
    }

    private static byte[] Fingerprint(EventToPublish accepted)
    {
        var about = accepted.Options;
        List<string?> parts =
            [accepted.Type, about.EventId, about.OrderingKey, TextList.ToColumn(about.Channels), TextList.ToColumn(about.Tags), Convert.ToHexString(accepted.Sha256)];
        if (about.OccurredAt is { } occurredAt)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"occurred {occurredAt.ToUnixTimeMilliseconds()}"));
        }

        if (about.KeepPayload is { } kept)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"kept {kept.Ticks}"));
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
    }
}
