namespace Jamail.Webhooks;

/// <summary>What <c>insert_event</c> takes.</summary>
internal sealed record EventParameters
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Type { get; init; }

    /// <summary>The caller's own id; null for none.</summary>
    public string? Uid { get; init; }

    public string? OrderingKey { get; init; }

    /// <summary>A JSON array, as the tags are.</summary>
    public string? Channels { get; init; }

    public string? Tags { get; init; }

    public string? Trace { get; init; }

    public string? TraceState { get; init; }

    public required long OccurredAt { get; init; }

    public required long PayloadExpiresAt { get; init; }

    public required long Now { get; init; }

    public required string Body { get; init; }

    public required byte[] Sha256 { get; init; }

    public required int Bytes { get; init; }
}
