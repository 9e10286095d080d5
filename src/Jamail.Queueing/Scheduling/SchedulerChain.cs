namespace Jamail.Queueing;

/// <summary>Makes a scheduler's next job when its newest one has been taken.</summary>
internal sealed class SchedulerChain(SchedulerSteps steps, TimeProvider clock)
{
    /// <summary>Does nothing for a job that is not its scheduler's newest, so that a second run of it makes no second chain.</summary>
    /// <exception cref="FormatException">The scheduler's pattern or time zone cannot be read here.</exception>
    public async Task ContinueAsync(StoredJob taken)
    {
        if (taken.RepeatJobKey is not { Length: > 0 } id || IterationOptions.Read(taken.Options) is not { } options)
        {
            return;
        }

        var now = clock.GetUtcNow();
        options.Advance();
        if (HasEnded(options, taken.Id, now.ToUnixTimeMilliseconds()))
        {
            return;
        }

        long? nextMs = null;
        if (options.Pattern is { } pattern)
        {
            nextMs = NextMs(options, pattern, now);
            if (nextMs is null || nextMs > options.EndMs)
            {
                return;
            }
        }

        await steps.RunAsync(new(id, nextMs, options.ForStep(nextMs, now.ToUnixTimeMilliseconds()), taken.Id, taken.Data))
            .ConfigureAwait(false);
    }

    private static bool HasEnded(IterationOptions options, string takenId, long nowMs)
    {
        if (options.Count > options.Limit || nowMs > options.EndMs)
        {
            return true;
        }

        // At equal distances the next run is at least one interval after the job's own time, which its id ends with.
        return options is { EveryMs: { } every, EndMs: { } end }
            && LenientText.Number(takenId[(takenId.LastIndexOf(':') + 1)..]) is { } due
            && due + every > end;
    }

    private static long? NextMs(IterationOptions options, string pattern, DateTimeOffset now)
    {
        var zone = ScheduleRuns.FindZone(options.TimeZone)
            ?? throw new FormatException($"this machine does not know the time zone '{options.TimeZone}'");
        var after = options.PreviousMs is { } previous && previous > now.ToUnixTimeMilliseconds()
            ? LenientText.Moment(previous)
            : now;
        return CronWalk.Next(CronPattern.Parse(pattern), zone, after)?.ToUnixTimeMilliseconds();
    }
}
