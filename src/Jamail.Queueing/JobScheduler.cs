namespace Jamail.Queueing;

/// <summary>A scheduler as it is stored, whichever client made it.</summary>
public sealed record JobScheduler
{
    /// <summary>The scheduler's id within its queue.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of its jobs.</summary>
    public required string Name { get; init; }

    /// <summary>When its jobs run; <see langword="null"/> when the record says nothing that can be read.</summary>
    public required JobSchedule? Schedule { get; init; }

    /// <summary>Its newest job. When that has been done, the schedule has ended.</summary>
    public required NextRun Next { get; init; }

    /// <summary>How many jobs it has made.</summary>
    public long Runs { get; init; }

    /// <summary>The payload of its jobs, JSON text; members that the queue was told to mask show as <c>***</c>.</summary>
    public required string Data { get; init; }

    /// <summary>The options of its jobs, JSON text with BullMQ's stored names.</summary>
    public required string Options { get; init; }

    /// <summary>When its jobs run if nothing changes, its newest job first.</summary>
    /// <param name="count">1 to 1000.</param>
    /// <returns>The runs in order; fewer than <paramref name="count"/> when the schedule ends before.</returns>
    public IReadOnlyList<DateTimeOffset> Preview(int count)
    {
        if (count is < 1 or > 1000)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "A preview shows 1 to 1000 runs.");
        }

        return ScheduleRuns.From(Schedule, Next.At, Schedule?.Limit is { } limit ? (int)Math.Clamp(limit - Runs + 1, 1, count) : count);
    }
}
