namespace Jamail.AspNetCore;

/// <summary>How senders sign.</summary>
public enum WebhookReceiverScheme
{
    /// <summary>Standard Webhooks: <c>webhook-id</c>, <c>webhook-timestamp</c>, <c>webhook-signature</c>. The type is the body's member <c>type</c>.</summary>
    Standard,

    /// <summary>GitHub: <c>X-Hub-Signature-256</c>, <c>X-GitHub-Delivery</c>, <c>X-GitHub-Event</c>.</summary>
    GitHub,

    /// <summary>Stripe: <c>Stripe-Signature</c>. Id and type are the body's members <c>id</c> and <c>type</c>.</summary>
    Stripe,
}
