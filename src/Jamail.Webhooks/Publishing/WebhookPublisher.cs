using System.Data.Common;
using System.Security.Cryptography;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <inheritdoc cref="IWebhookPublisher"/>
internal sealed class WebhookPublisher(
    Database database,
    EventStore events,
    CommitSignal signal,
    Outbox<OutboxDelivery> outbox,
    IOptions<WebhooksOptions> options,
    TimeProvider clock) : IWebhookPublisher
{
    private const int MaxEventId = 128;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<PublishedEvent> PublishAsync<TPayload>(
        string eventType,
        TPayload payload,
        PublishOptions? publishing,
        DbTransaction? transaction,
        CancellationToken cancellationToken)
    {
        var accepted = Check(eventType, payload, publishing ?? new PublishOptions());
        var (published, rows) = await database.WriteAsync(
            transaction, (writing, token) => WriteAsync(writing, accepted, isOwn: transaction is null, token), cancellationToken)
            .ConfigureAwait(false);
        if (transaction is null)
        {
            await Task.WhenAll(rows.Select(row => outbox.AddNowAsync(row, Patience, cancellationToken))).ConfigureAwait(false);
        }

        return published;
    }

    private EventToPublish Check<TPayload>(string eventType, TPayload payload, PublishOptions publishing)
    {
        var problems = new List<InputProblem>();
        if (EventType.Problem(eventType, "type") is { } problem)
        {
            problems.Add(problem);
        }

        if (publishing.EventId is { } id && (id.Length is 0 or > MaxEventId || id.Any(character => character is <= ' ' or > '~')))
        {
            problems.Add(new InputProblem(
                "eventId", "It is empty, too long or holds other characters.", $"Give 1 to {MaxEventId} visible ASCII characters."));
        }

        byte[] body = [];
        try
        {
            body = EventPayload.From(payload, options.Value.MaxPayloadBytes);
        }
        catch (InvalidInputException exception)
        {
            problems.AddRange(exception.Problems);
        }

        return problems.Count == 0
            ? new EventToPublish(Ids.New(clock), eventType, body, SHA256.HashData(body), publishing)
            : throw new InvalidInputException(problems);
    }

    private async Task<(PublishedEvent Published, IReadOnlyList<OutboxDelivery> Rows)> WriteAsync(
        DbTransaction transaction, EventToPublish accepted, bool isOwn, CancellationToken cancellationToken)
    {
        if (await events.TryInsertAsync(transaction, accepted, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return (earlier, []);
        }

        var (total, rows) = await events.FanOutAsync(transaction, accepted, isOwn, cancellationToken).ConfigureAwait(false);
        if (!isOwn && rows.Count > 0)
        {
            await signal.AnnounceAsync(transaction, cancellationToken).ConfigureAwait(false);
        }

        return (new PublishedEvent(accepted.Id, total), rows);
    }
}
