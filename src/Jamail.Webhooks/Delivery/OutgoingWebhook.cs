namespace Jamail.Webhooks;

/// <summary>What is to be sent.</summary>
internal sealed record OutgoingWebhook
{
    public required string Url { get; init; }

    /// <summary>The event; the same on every attempt.</summary>
    public required string EventId { get; init; }

    public required string EventType { get; init; }

    /// <summary>The secrets that sign, the current one first.</summary>
    public required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Null: the host's.</summary>
    public WebhookSignatureProfile? Profile { get; init; }

    /// <summary>Null: the host's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The owner's own headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
