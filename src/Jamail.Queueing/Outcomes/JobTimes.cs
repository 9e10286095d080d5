namespace Jamail.Queueing;

/// <summary>The limits of time in a job's options; few jobs have any.</summary>
/// <param name="TimeLimitMs">How long an attempt may run.</param>
/// <param name="DeadlineMs">For how long the job is worth doing, from when it is first due.</param>
/// <param name="DelayMs">How long after its creation it is first due.</param>
internal sealed record JobTimes(long? TimeLimitMs, long? DeadlineMs, long DelayMs)
{
    public static JobTimes? Of(long? timeLimitMs, long? deadlineMs, long delayMs) =>
        timeLimitMs is null && deadlineMs is null ? null : new JobTimes(timeLimitMs, deadlineMs, Math.Max(0, delayMs));

    /// <summary>When a job created at this time is not worth doing any more; null when it always is.</summary>
    public long? EndMs(long createdMs) => createdMs + DelayMs + DeadlineMs;
}
