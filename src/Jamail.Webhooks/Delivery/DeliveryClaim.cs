namespace Jamail.Webhooks;

/// <summary>The right to make one attempt.</summary>
/// <param name="Row">The delivery as it was read before.</param>
/// <param name="Webhook">What is to be sent.</param>
/// <param name="Number">Counts from 1 within the delivery.</param>
/// <param name="Token">Proves the right: whoever takes over has another.</param>
internal sealed record DeliveryClaim(ClaimRow Row, OutgoingWebhook Webhook, int Number, string Token);
