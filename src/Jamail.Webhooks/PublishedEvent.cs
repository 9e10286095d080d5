namespace Jamail.Webhooks;

/// <summary>An event that was stored.</summary>
/// <param name="Id">The event's id; receivers see it as <c>webhook-id</c>, after <c>msg_</c>.</param>
/// <param name="Deliveries">To how many endpoints it goes.</param>
public sealed record PublishedEvent(string Id, int Deliveries);
