namespace Jamail.Webhooks;

/// <summary>An event that was stored.</summary>
/// <param name="Id">The event's id; receivers see it as <c>webhook-id</c>, after <c>msg_</c>.</param>
/// <param name="Deliveries">To how many endpoints it goes.</param>
public sealed record PublishedEvent(string Id, int Deliveries)
{
    /// <summary>Whether it had been published before, under the same event id or idempotency key, so that nothing was done now.</summary>
    public bool IsRepeat { get; init; }
}
