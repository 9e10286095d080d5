using System.Globalization;

namespace Jamail.Queueing;

/// <summary>
/// What happened on a queue, whichever client did it. A result or progress is what processors and callers stored: nothing is
/// masked here.
/// </summary>
public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>Its id in the stream. Reading on <c>after</c> it brings what came later.</summary>
    public string Position { get; init; } = "0-0";

    /// <summary>When, by the clock of Redis.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(Position.AsSpan(0, Position.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>A job was added.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="Name">The kind of job.</param>
    public sealed record Added(JobId Id, string Name) : JobEvent;

    /// <summary>A job waits for a worker.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="From">What it was before; <see cref="JobState.Unknown"/> when it is new.</param>
    public sealed record Waiting(JobId Id, JobState From) : JobEvent;

    /// <summary>A job waits for its time.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="DueAt">When it becomes ready.</param>
    public sealed record Delayed(JobId Id, DateTimeOffset DueAt) : JobEvent;

    /// <summary>A job waits for its children.</summary>
    /// <param name="Id">The job.</param>
    public sealed record WaitingForChildren(JobId Id) : JobEvent;

    /// <summary>A worker took a job.</summary>
    /// <param name="Id">The job.</param>
    public sealed record Active(JobId Id) : JobEvent;

    /// <summary>A job told how far it is.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="Data">JSON.</param>
    public sealed record Progress(JobId Id, string Data) : JobEvent;

    /// <summary>A job is done.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="ReturnValue">JSON.</param>
    public sealed record Completed(JobId Id, string ReturnValue) : JobEvent;

    /// <summary>A job failed for good.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Failed(JobId Id, string Reason) : JobEvent;

    /// <summary>A job that failed had no attempts left; beside <see cref="Failed"/>.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="AttemptsMade">How many it had.</param>
    public sealed record RetriesExhausted(JobId Id, int AttemptsMade) : JobEvent;

    /// <summary>A job had lost its worker and waits again.</summary>
    /// <param name="Id">The job.</param>
    public sealed record Stalled(JobId Id) : JobEvent;

    /// <summary>A job was removed before its time.</summary>
    /// <param name="Id">The job.</param>
    /// <param name="From">What it was before.</param>
    public sealed record Removed(JobId Id, JobState From) : JobEvent;

    /// <summary>A job with this chosen id was there already; nothing was added.</summary>
    /// <param name="Id">The job that stays.</param>
    public sealed record Duplicated(JobId Id) : JobEvent;

    /// <summary>Of two jobs with one deduplication id, one stays.</summary>
    /// <param name="Id">The job that stays.</param>
    /// <param name="DeduplicationId">What they share.</param>
    /// <param name="OtherId">The job that was not added, or was replaced; <see langword="null"/> where an older client does not say.</param>
    public sealed record Deduplicated(JobId Id, string DeduplicationId, JobId? OtherId) : JobEvent;

    /// <summary>Nothing waits and nothing runs.</summary>
    public sealed record Drained : JobEvent;

    /// <summary>Jobs were cleaned away.</summary>
    /// <param name="Count">How many.</param>
    public sealed record Cleaned(long Count) : JobEvent;

    /// <summary>The queue was paused.</summary>
    public sealed record Paused : JobEvent;

    /// <summary>The queue was resumed.</summary>
    public sealed record Resumed : JobEvent;

    /// <summary>An event of somebody's own (<see cref="IJobEvents.PublishAsync"/>), or one this version does not know.</summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="Fields">What it carries.</param>
    public sealed record Custom(string Name, IReadOnlyDictionary<string, string> Fields) : JobEvent;

    /// <summary>
    /// Events after the last one read may have been trimmed away before they were read. What depends on every event looks the
    /// state up now. <see cref="Position"/> is that of the last one read.
    /// </summary>
    /// <param name="Next">The oldest position the stream still has.</param>
    public sealed record Gap(string Next) : JobEvent;
}
