namespace Jamail.Webhooks;

/// <summary>A wish to begin an attempt for which nothing has been read yet.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="WebhookId">Its endpoint.</param>
/// <param name="Version">The endpoint's, as it is known.</param>
/// <param name="Token">Proves the right.</param>
/// <param name="Lease">How long it holds, in ms.</param>
internal sealed record ReadyClaim(string Id, string WebhookId, int Version, string Token, long Lease);
