namespace Jamail.Webhooks;

/// <summary>An event that was stored.</summary>
/// <param name="Id">The event's id, which receivers see as <c>webhook-id</c>.</param>
/// <param name="Deliveries">To how many endpoints it goes.</param>
public sealed record PublishedEvent(string Id, int Deliveries);
