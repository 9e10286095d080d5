namespace Jamail.Queueing;

/// <summary>When a schedule runs next, by BullMQ's arithmetic.</summary>
internal static class ScheduleRuns
{
    /// <summary>The first runs of a checked schedule that is set up now.</summary>
    public static List<DateTimeOffset> First(JobSchedule schedule, int count, DateTimeOffset now)
    {
        var first = schedule switch
        {
            JobSchedule.Every every => FirstOf(every, now),
            JobSchedule.Cron cron => FirstOf(cron, now),
            _ => null,
        };
        return first is { } at && !(at > schedule.EndAt) ? From(schedule, at, Math.Min(count, schedule.Limit ?? count)) : [];
    }

    /// <summary>A run and those after it; it alone where the schedule cannot be read here.</summary>
    public static List<DateTimeOffset> From(JobSchedule? schedule, DateTimeOffset first, int count)
    {
        var runs = new List<DateTimeOffset> { first };
        var after = After(schedule);
        while (runs.Count < count && after(runs[^1]) is { } next && !(next > schedule?.EndAt))
        {
            runs.Add(next);
        }

        return runs;
    }

    private static Func<DateTimeOffset, DateTimeOffset?> After(JobSchedule? schedule)
    {
        switch (schedule)
        {
            case JobSchedule.Every every:
                return at => at + Whole(every.Interval);
            case JobSchedule.Cron cron when FindZone(cron.TimeZone) is { } zone:
                try
                {
                    var pattern = CronPattern.Parse(cron.Pattern);
                    return at => CronWalk.Next(pattern, zone, at);
                }
                catch (FormatException)
                {
                    return _ => null;
                }

            default:
                return _ => null;
        }
    }

    /// <summary>The first run of a checked cron schedule; null when it ends before.</summary>
    public static DateTimeOffset? FirstOf(JobSchedule.Cron cron, DateTimeOffset now) =>
        cron.Immediately ? now : NextOf(CronPattern.Parse(cron.Pattern), FindZone(cron.TimeZone)!, cron, now);

    /// <summary>The first match after now and after the start, and not after the end.</summary>
    public static DateTimeOffset? NextOf(CronPattern pattern, TimeZoneInfo zone, JobSchedule schedule, DateTimeOffset now)
    {
        var after = schedule.StartAt is { } start && start > now ? start : now;
        return CronWalk.Next(pattern, zone, after) is { } next && !(next > schedule.EndAt) ? next : null;
    }

    /// <summary>The zone of a name; that of this machine for null, as in Node; null when nobody knows it.</summary>
    public static TimeZoneInfo? FindZone(string? name)
    {
        if (name is null)
        {
            return TimeZoneInfo.Local;
        }

        return name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }

    private static DateTimeOffset? FirstOf(JobSchedule.Every every, DateTimeOffset now)
    {
        if (every.StartAt is { } start)
        {
            return start > now ? start : now;
        }

        if (every.Offset is not { Ticks: > 0 } offset)
        {
            return now;
        }

        var interval = (long)Whole(every.Interval).TotalMilliseconds;
        var ms = now.ToUnixTimeMilliseconds();
        var slot = (ms / interval * interval) + (long)offset.TotalMilliseconds;
        return DateTimeOffset.FromUnixTimeMilliseconds(slot <= ms ? slot + interval : slot);
    }

    private static TimeSpan Whole(TimeSpan interval) => TimeSpan.FromMilliseconds(Math.Floor(interval.TotalMilliseconds));
}
