namespace Jamail.Webhooks;

/// <summary>Which signature headers requests carry.</summary>
public enum WebhookSignatureProfile
{
    /// <summary><c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature</c>, as Standard Webhooks has it.</summary>
    Standard,

    /// <summary>The hex signature of the body alone.</summary>
    Hex,

    /// <summary>Both.</summary>
    Dual,
}
