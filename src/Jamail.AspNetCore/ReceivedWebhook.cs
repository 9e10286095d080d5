namespace Jamail.AspNetCore;

/// <summary>A webhook that proved where it comes from.</summary>
/// <typeparam name="TPayload">What its body is read as.</typeparam>
public sealed record ReceivedWebhook<TPayload>
{
    /// <summary>The sender's id of the event; the same when it is sent again.</summary>
    public required string Id { get; init; }

    /// <summary>What happened; empty when the sender does not say.</summary>
    public required string Type { get; init; }

    /// <summary>The body.</summary>
    public required TPayload Payload { get; init; }

    /// <summary>The body as it came.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When it was signed; <see langword="null"/> where the scheme does not say.</summary>
    public DateTimeOffset? SignedAt { get; init; }
}
