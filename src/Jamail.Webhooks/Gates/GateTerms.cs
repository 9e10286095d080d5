namespace Jamail.Webhooks;

/// <summary>What a gate lets through.</summary>
/// <param name="WebhookId">The endpoint.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="MaxInFlight">Most requests under way, over all hosts.</param>
/// <param name="RatePerSecond">Most requests per second; null for no limit.</param>
/// <param name="Lease">How long a request can be under way.</param>
internal sealed record GateTerms(string WebhookId, string Tenant, int MaxInFlight, int? RatePerSecond, TimeSpan Lease);
