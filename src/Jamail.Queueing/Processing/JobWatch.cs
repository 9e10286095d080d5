namespace Jamail.Queueing;

/// <summary>Looks after the limits of time of running jobs.</summary>
internal static class JobWatch
{
    private const long LongestTimerMs = uint.MaxValue - 2L;

    /// <summary>Whether the job is not worth doing any more.</summary>
    public static bool IsTooLate(RunningJob job, TimeProvider clock) =>
        job.Options.Times is { } times
        && times.EndMs(job.Stored.Timestamp) <= clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Tells the job's processor to return when its time is up; null for a job without limits.</summary>
    public static ITimer? Start(RunningJob job, TimeProvider clock)
    {
        if (job.Options.Times is not { } times)
        {
            return null;
        }

        var toDeadline = times.EndMs(job.Stored.Timestamp) - clock.GetUtcNow().ToUnixTimeMilliseconds();
        var isDeadline = toDeadline is { } left && !(times.TimeLimitMs < left);
        return clock.CreateTimer(
            static state =>
            {
                var (watched, reason) = ((RunningJob, StopReason))state!;
                watched.TryStop(reason);
            },
            (job, isDeadline ? StopReason.Deadline : StopReason.TimeLimit),
            TimeSpan.FromMilliseconds(Math.Clamp((isDeadline ? toDeadline : times.TimeLimitMs) ?? 0, 0, LongestTimerMs)),
            Timeout.InfiniteTimeSpan);
    }

    public static string TooLong(RunningJob job) =>
        $"The attempt ran longer than the job's time limit of {Show(job.Options.Times?.TimeLimitMs)}.";

    public static string TooLate(RunningJob job) =>
        $"The job was not done within {Show(job.Options.Times?.DeadlineMs)} after it was due.";

    private static TimeSpan Show(long? ms) => TimeSpan.FromMilliseconds(Math.Clamp(ms ?? 0, 0, (long)RetryDelay.MaxMs));
}
