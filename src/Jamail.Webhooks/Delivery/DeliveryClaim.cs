namespace Jamail.Webhooks;

/// <summary>The right to make one attempt.</summary>
internal sealed record DeliveryClaim
{
    public required string Id { get; init; }

    public required string EventId { get; init; }

    public required string WebhookId { get; init; }

    public required string Url { get; init; }

    /// <summary>The secrets that sign, the current one first.</summary>
    public required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Counts from 1 within the delivery.</summary>
    public required int Number { get; init; }

    /// <summary>Proves the right: whoever takes over has another.</summary>
    public required string Token { get; init; }
}
