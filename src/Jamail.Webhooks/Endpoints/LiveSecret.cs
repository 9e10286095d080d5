namespace Jamail.Webhooks;

/// <param name="Secret">A secret that signs.</param>
/// <param name="ExpiresAt">Until when, Unix ms; null for the current one.</param>
internal sealed record LiveSecret(WebhookSecret Secret, long? ExpiresAt);
