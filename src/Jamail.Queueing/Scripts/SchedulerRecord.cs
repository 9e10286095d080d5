namespace Jamail.Queueing;

/// <summary>A scheduler as it stands in Redis; times are Unix ms, what is null is not there.</summary>
internal sealed record SchedulerRecord
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Pattern { get; init; }

    public string? TimeZone { get; init; }

    public long? EveryMs { get; init; }

    public long? OffsetMs { get; init; }

    public long? StartMs { get; init; }

    public long? EndMs { get; init; }

    public long? Limit { get; init; }

    public string? Data { get; init; }

    /// <summary>Options of its jobs, JSON.</summary>
    public string? Template { get; init; }

    /// <summary>Iterations made; null for a repeatable job of BullMQ 5, which is none of our schedulers.</summary>
    public long? Iterations { get; init; }

    /// <summary>The score in the set: when its newest job is, or was, due.</summary>
    public required string Next { get; init; }

    public string JobId => $"repeat:{Id}:{Next}";

    public long NextMs => (long)LenientText.Number(Next).GetValueOrDefault();
}
