using System.Data.Common;

namespace Jamail.Webhooks;

/// <summary>Tells subscribed endpoints that something happened.</summary>
public interface IWebhookPublisher
{
    /// <summary>
    /// Stores the event and one delivery for each endpoint that subscribes to it. When the task completes without a
    /// transaction of the caller's, the event is committed and survives any crash; with one, it is delivered after the
    /// caller commits and never if the caller rolls back.
    /// </summary>
    /// <typeparam name="TPayload">What the event carries; <see cref="Queueing.RawJson"/> for ready-made JSON.</typeparam>
    /// <param name="eventType">Letters, digits, '_' and '-', in parts separated by '.', as in <c>order.paid</c>; at most 128 characters.</param>
    /// <param name="payload">The body of the request, sent as canonical JSON: the same bytes on every attempt.</param>
    /// <param name="options">More about the event; <see langword="null"/> for none.</param>
    /// <param name="transaction">An open transaction in the database that holds Jamail's tables; <see langword="null"/> for one of its own.</param>
    /// <param name="cancellationToken">Stops waiting. Without a caller's transaction the event may still be stored.</param>
    /// <returns>The event's id and how many endpoints it goes to.</returns>
    /// <exception cref="Queueing.InvalidInputException">The type or the payload breaks a rule; nothing was stored.</exception>
    /// <exception cref="WebhookPayloadTooLargeException">The payload is larger than <see cref="WebhooksOptions.MaxPayloadBytes"/>; nothing was stored.</exception>
    /// <exception cref="Queueing.IdempotencyException">
    /// An event with this id, or a call with this idempotency key, was of another type or payload; or the first such call is under way.
    /// </exception>
    /// <exception cref="Queueing.StoreUnavailableException">The database is away; nothing was accepted.</exception>
    /// <exception cref="ArgumentException">The transaction is of another kind of database than Jamail's tables are in.</exception>
    Task<PublishedEvent> PublishAsync<TPayload>(
        string eventType,
        TPayload payload,
        PublishOptions? options = null,
        DbTransaction? transaction = null,
        CancellationToken cancellationToken = default);
}
