namespace Jamail.Queueing;

/// <summary>When the jobs of a scheduler run.</summary>
public abstract record JobSchedule
{
    private JobSchedule()
    {
    }

    /// <summary>No run is before this moment.</summary>
    /// <value>Default: none.</value>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>No run is after this moment; the scheduler stays, without a next job.</summary>
    /// <value>In the future. Default: none.</value>
    public DateTimeOffset? EndAt { get; init; }

    /// <summary>How many runs there are in all.</summary>
    /// <value>1 or more. Default: no limit.</value>
    public int? Limit { get; init; }

    /// <summary>
    /// The first <paramref name="count"/> runs of this schedule if it were set up at a moment, without asking Redis. What
    /// a worker does late moves nothing: runs keep their places.
    /// </summary>
    /// <param name="count">1 to 1000.</param>
    /// <param name="from">The moment.</param>
    /// <returns>The runs in order; fewer than <paramref name="count"/> when the schedule ends before.</returns>
    /// <exception cref="ArgumentException">The schedule breaks a rule; the message names it, the value and the fix.</exception>
    public IReadOnlyList<DateTimeOffset> Preview(int count, DateTimeOffset from)
    {
        if (count is < 1 or > 1000)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "A preview shows 1 to 1000 runs.");
        }

        JobScheduleRules.Check(this, from);
        return ScheduleRuns.First(this, count, from);
    }

    /// <summary>Runs at equal distances.</summary>
    /// <param name="Interval">From one run to the next; at least 1 millisecond, whole milliseconds on the wire.</param>
    public sealed record Every(TimeSpan Interval) : JobSchedule
    {
        /// <summary>
        /// Where in the interval the runs are, counted from midnight UTC of 1 January 1970: every hour with 5 minutes is at
        /// five past.
        /// </summary>
        /// <value>At least 1 millisecond, less than the interval. Default: the first run is at once, or at <see cref="JobSchedule.StartAt"/>, and the others follow it.</value>
        public TimeSpan? Offset { get; init; }
    }

    /// <summary>
    /// Runs by a cron pattern: minute, hour, day of the month, month, day of the week, and seconds in front if there are six
    /// fields. Read as BullMQ's cron-parser reads it; see docs/schedulers.md.
    /// </summary>
    /// <param name="Pattern">For example <c>0 9 * * MON-FRI</c>.</param>
    /// <param name="TimeZone">Whose clock the pattern means: an IANA name, as <c>Europe/Berlin</c>. Stored, so that all hosts agree.</param>
    public sealed record Cron(string Pattern, string TimeZone = "UTC") : JobSchedule
    {
        /// <summary>The first run is at once, and the pattern says the others. Not together with <see cref="JobSchedule.StartAt"/>.</summary>
        /// <value>Default: <see langword="false"/>.</value>
        public bool Immediately { get; init; }
    }
}
