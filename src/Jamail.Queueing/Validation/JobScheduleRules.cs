namespace Jamail.Queueing;

/// <summary>What a scheduler must hold before anything is sent. Every refusal names the thing, its value, the rule and the fix.</summary>
internal static class JobScheduleRules
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(36_500);

    public static void CheckId(string id)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw new ArgumentException("The scheduler id is empty; give it a name of your own, as in 'nightly-report'.", nameof(id));
        }

        if (id.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"Scheduler id '{id}' holds ':', which separates parts of a Redis key; use '-' or '.'.", nameof(id));
        }
    }

    /// <exception cref="ArgumentException">The schedule breaks a rule.</exception>
    public static void Check(JobSchedule schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (schedule.Limit < 1)
        {
            throw Refusal($"JobSchedule.Limit is {schedule.Limit} but must be 1 or more; leave it unset for no limit.");
        }

        if (schedule.EndAt is { } end && end <= now)
        {
            throw Refusal($"JobSchedule.EndAt is {end:O}, which is past; give a moment in the future, or leave it unset.");
        }

        if (schedule.StartAt is { } start && (start < DateTimeOffset.UnixEpoch || start > schedule.EndAt))
        {
            throw Refusal(
                $"JobSchedule.StartAt is {start:O} but must be after 1970 and not after EndAt ({schedule.EndAt:O}); correct one of them.");
        }

        switch (schedule)
        {
            case JobSchedule.Every every:
                Check(every);
                break;
            case JobSchedule.Cron cron:
                Check(cron, now);
                break;
        }
    }

    public static void CheckOptions(JobOptions? options)
    {
        var given = options switch
        {
            { Id: not null } => nameof(options.Id),
            { Delay: not null } => nameof(options.Delay),
            { Timestamp: not null } => nameof(options.Timestamp),
            { Deduplication: not null } => nameof(options.Deduplication),
            { Parent: not null } => nameof(options.Parent),
            { ChildFailure: not null } => nameof(options.ChildFailure),
            _ => null,
        };
        if (given is not null)
        {
            throw Refusal(
                $"JobOptions.{given} is set, but the jobs of a scheduler get theirs from its schedule, are never twice and have no parent; leave it unset.");
        }
    }

    private static void Check(JobSchedule.Every every)
    {
        if (every.Interval < TimeSpan.FromMilliseconds(1) || every.Interval > LongestInterval)
        {
            throw Refusal($"JobSchedule.Every.Interval is {every.Interval} but must be 1 millisecond to 100 years; for one run add a delayed job.");
        }

        if (every.Offset is { } offset && (offset < TimeSpan.FromMilliseconds(1) || offset >= every.Interval))
        {
            throw Refusal(
                $"JobSchedule.Every.Offset is {offset} but must be at least 1 millisecond and less than the interval ({every.Interval}); " +
                "for runs at the interval's own beginning give StartAt.");
        }
    }

    private static void Check(JobSchedule.Cron cron, DateTimeOffset now)
    {
        if (cron is { Immediately: true, StartAt: not null })
        {
            throw Refusal("JobSchedule.Cron.Immediately is set together with StartAt, but a first run is either at once or later; unset one.");
        }

        if (string.IsNullOrEmpty(cron.Pattern))
        {
            throw Refusal("JobSchedule.Cron.Pattern is empty; give a cron pattern, as in '0 9 * * MON-FRI'.");
        }

        if (ScheduleRuns.FindZone(cron.TimeZone) is not { } zone)
        {
            throw Refusal(
                $"JobSchedule.Cron.TimeZone is '{cron.TimeZone}', which this machine does not know; give an IANA name, as in 'Europe/Berlin'.");
        }

        CronPattern pattern;
        try
        {
            pattern = CronPattern.Parse(cron.Pattern);
        }
        catch (FormatException exception)
        {
            throw Refusal($"JobSchedule.Cron.Pattern is '{cron.Pattern}', but {exception.Message}.");
        }

        if (!cron.Immediately && ScheduleRuns.NextOf(pattern, zone, cron, now) is null)
        {
            throw Refusal(
                $"JobSchedule.Cron.Pattern '{cron.Pattern}' has no match before EndAt ({cron.EndAt:O}); give another pattern or a later end.");
        }
    }

    private static ArgumentException Refusal(string message) => new(message);
}
