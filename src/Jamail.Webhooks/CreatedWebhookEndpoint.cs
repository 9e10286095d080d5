namespace Jamail.Webhooks;

/// <summary>A new endpoint and its secret.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Secret">The signing secret; <see cref="WebhookSecret.Reveal"/> it to its owner now, it is not shown again.</param>
public sealed record CreatedWebhookEndpoint(WebhookEndpoint Endpoint, WebhookSecret Secret);
