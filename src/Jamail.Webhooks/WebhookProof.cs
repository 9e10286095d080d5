namespace Jamail.Webhooks;

/// <summary>What an endpoint must show before it is created.</summary>
public enum WebhookProof
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It answers a signed event of type <c>webhook.ping</c> with 2xx.</summary>
    Ping,

    /// <summary>
    /// It answers a signed event of type <c>webhook.challenge</c> with 2xx and the text of <c>data.challenge</c> within the first 4 KiB
    /// of its answer: whoever gives the address also runs what is behind it.
    /// </summary>
    Echo,
}
