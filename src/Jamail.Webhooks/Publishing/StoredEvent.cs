namespace Jamail.Webhooks;

/// <summary>What a publisher's call stored.</summary>
/// <param name="Published">What the caller is told.</param>
/// <param name="Jobs">The deliveries that want a job now.</param>
internal sealed record StoredEvent(PublishedEvent Published, IReadOnlyList<OutboxDelivery> Jobs);
