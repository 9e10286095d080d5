namespace Jamail.Queueing;

/// <summary>
/// Finds when a cron pattern matches next, going forward unit by unit on the clock of a time zone as Node's cron-parser does.
/// Where the clock goes forward, the skipped hours match in the hour after them; where it goes back, the hour that comes
/// again matches only if every hour does. That holds for hours reached from the hour before: a day begins with its first
/// moment.
/// </summary>
internal struct CronWalk
{
    // Far beyond the rarest pattern, the 29th of February on one weekday.
    private const int MaxSteps = 50_000;
    private const int None = -1;

    private readonly CronPattern _pattern;
    private readonly TimeZoneInfo _zone;
    private long _at;
    private long _offset;
    private DateTime _clock;
    private int _repeatedHour = None;
    private uint _skippedHours;

    private CronWalk(CronPattern pattern, TimeZoneInfo zone, long at)
    {
        _pattern = pattern;
        _zone = zone;
        Place(at);
    }

    /// <summary>The first match after a moment, to the second; null when there is none in any near century.</summary>
    public static DateTimeOffset? Next(CronPattern pattern, TimeZoneInfo zone, DateTimeOffset after)
    {
        var walk = new CronWalk(pattern, zone, after.ToUnixTimeSeconds());
        walk.Step(1);
        for (var step = 0; step < MaxSteps; step++)
        {
            if (walk.TryAdvance())
            {
                return DateTimeOffset.FromUnixTimeSeconds(walk._at);
            }
        }

        return null;
    }

    /// <returns>True when the walk stands on a match.</returns>
    private bool TryAdvance()
    {
        if (!_pattern.HasMonth(_clock.Month))
        {
            Begin(clock => clock.AddMonths(1), clock => new DateTime(clock.Year, clock.Month, 1));
        }
        else if (!_pattern.HasDay(_clock))
        {
            NextDay();
        }
        else if (!HasHour())
        {
            if (_pattern.HasHourAfter(_clock.Hour))
            {
                Step(3600);
            }
            else
            {
                NextDay();
            }
        }
        else if (!_pattern.HasMinute(_clock.Minute))
        {
            Step(_pattern.HasMinuteAfter(_clock.Minute) ? 60 : 3600);
        }
        else if (!_pattern.HasSecond(_clock.Second))
        {
            Step(_pattern.HasSecondAfter(_clock.Second) ? 1 : 60);
        }
        else
        {
            return true;
        }

        return false;
    }

    private readonly bool HasHour()
    {
        if ((_pattern.Hours & _skippedHours) != 0)
        {
            return true;
        }

        return (_pattern.Hours >> _clock.Hour & 1) != 0 && (_clock.Hour != _repeatedHour || _pattern.IsEveryHour);
    }

    private void NextDay() => Begin(clock => clock.AddDays(1), clock => clock.Date);

    // The same time of the later date decides which of two midnights is meant.
    private void Begin(Func<DateTime, DateTime> later, Func<DateTime, DateTime> beginning)
    {
        Place(Resolve(later(_clock)));
        Place(Resolve(beginning(_clock)));
        _repeatedHour = None;
        _skippedHours = 0;
    }

    /// <summary>Goes to the beginning of the next second, minute or hour on the clock.</summary>
    private void Step(long unit)
    {
        var (before, offset, hour) = (_at, _offset, _clock.Hour);
        Place(_at + unit);
        Place(Resolve(new DateTime(_clock.Ticks - (_clock.Ticks % (unit * TimeSpan.TicksPerSecond)))));
        if (_at <= before)
        {
            // The hour began before the clock went back within it.
            Place(before + unit);
        }

        if (_clock.Hour == hour && (_offset == offset || unit < 3600 && _clock.Minute != 0))
        {
            return;
        }

        // Where two hours come again, as in Antarctica/Troll, the second one matches all the same.
        _repeatedHour = _offset < offset && _clock.Hour <= hour ? _clock.Hour : None;
        _skippedHours = 0;
        for (var skipped = (hour + 1) % 24; _offset > offset && skipped != _clock.Hour; skipped = (skipped + 1) % 24)
        {
            _skippedHours |= 1u << skipped;
        }
    }

    private void Place(long at)
    {
        _at = at;
        _offset = OffsetAt(at);
        _clock = DateTime.UnixEpoch.AddSeconds(at + _offset);
    }

    /// <summary>The moment of a time on the clock: the one with the present offset if there are two, the one after if there is none.</summary>
    private readonly long Resolve(DateTime clock)
    {
        var seconds = (clock.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        var other = OffsetAt(seconds - _offset);
        if (other == _offset)
        {
            return seconds - _offset;
        }

        var last = OffsetAt(seconds - other);
        return seconds - Math.Min(other, last);
    }

    private readonly long OffsetAt(long at) => (long)_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(at)).TotalSeconds;
}
