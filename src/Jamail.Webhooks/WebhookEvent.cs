namespace Jamail.Webhooks;

/// <summary>Something that happened.</summary>
public sealed record WebhookEvent
{
    /// <summary>The event's id; receivers see it as <c>webhook-id</c>, after <c>msg_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What happened.</summary>
    public required string Type { get; init; }

    /// <summary>The publisher's own id; <see langword="null"/> when none was given.</summary>
    public string? EventId { get; init; }

    /// <summary>What it is about; <see langword="null"/> when nobody said.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>Where it happened.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The size of its payload, in bytes.</summary>
    public required int PayloadBytes { get; init; }

    /// <summary>
    /// The payload as JSON, with what its type redacts shown as <c>***</c>; <see langword="null"/> in lists, and when it is past its
    /// time or was removed.
    /// </summary>
    public string? Payload { get; init; }

    /// <summary>Whether the payload is past its time or was removed.</summary>
    public bool IsExpunged { get; init; }
}
