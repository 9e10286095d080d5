namespace Jamail.Webhooks;

/// <summary>Which signature headers requests carry. All carry <c>webhook-id</c> and <c>webhook-timestamp</c>.</summary>
public enum WebhookSignatureProfile
{
    /// <summary><c>webhook-signature</c>, as Standard Webhooks has it.</summary>
    Standard,

    /// <summary>The hex signature of the body alone, in <see cref="WebhooksOptions.SignatureHeader"/>.</summary>
    Hex,

    /// <summary><see cref="Standard"/> and <see cref="Hex"/> together.</summary>
    Dual,

    /// <summary><c>t=…,v1=…</c> as Stripe has it: hex over time and body, in <see cref="WebhooksOptions.SignatureHeader"/>.</summary>
    Timestamped,

    /// <summary><c>X-Hub-Signature-256</c>, <c>X-GitHub-Event</c> and <c>X-GitHub-Delivery</c>, as GitHub has it.</summary>
    GitHub,
}
