namespace Jamail.Queueing;

/// <summary>One job for addJobs: validated and encoded, so that Redis cannot refuse its shape.</summary>
internal sealed record JobToAdd
{
    /// <summary>Empty: Redis gives the next number.</summary>
    public string Id { get; init; } = "";

    public required string Name { get; init; }

    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The options with BullMQ's stored names, as they go into the hash.</summary>
    public required ReadOnlyMemory<byte> OptionsJson { get; init; }

    public required long Timestamp { get; init; }

    public long DelayMs { get; init; }

    public int Priority { get; init; }

    public bool Lifo { get; init; }

    /// <summary>Null: the job is added whatever there is.</summary>
    public Deduplication? Deduplication { get; init; }

    /// <summary>Null: no parent.</summary>
    public ParentLink? Parent { get; init; }
}
