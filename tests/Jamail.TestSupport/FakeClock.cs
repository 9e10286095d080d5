namespace Jamail.TestSupport;

/// <summary>A clock that moves only when told. Timers that fall due run inside <see cref="Advance"/>, in the order of their times.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> watchers = [];
    private readonly DateTimeOffset start;
    private TimeSpan elapsed;

    public FakeClock(DateTimeOffset? start = null)
    {
        this.start = start ?? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public TimeSpan Elapsed
    {
        get
        {
            lock (gate)
            {
                return elapsed;
            }
        }
    }

    /// <summary>Timers that are set and have not fired; periodic ones count for as long as they run.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (gate)
            {
                return timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan end;
        lock (gate)
        {
            end = elapsed + by;
        }

        while (TakeDue(end) is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Completes once at least <paramref name="count"/> timers are set, that is when the code under test waits on the clock.</summary>
    public async Task WhenTimersAsync(int count = 1, TimeSpan? within = null)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (timers.Count >= count)
            {
                return;
            }

            watchers.Add((count, reached));
        }

        await reached.Task.WaitAsync(within ?? TimeSpan.FromSeconds(30));
    }

    private FakeTimer? TakeDue(TimeSpan end)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt);
            elapsed = next is null ? end : next.DueAt > elapsed ? next.DueAt : elapsed;
            if (next is not null && !next.MoveToNextPeriod())
            {
                timers.Remove(next);
            }

            return next;
        }
    }

    private void Set(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Schedule(elapsed + dueTime, period);
            timers.Add(timer);
            foreach (var watcher in watchers.Where(watcher => timers.Count >= watcher.Count).ToArray())
            {
                watchers.Remove(watcher);
                watcher.Reached.TrySetResult();
            }
        }
    }

    private void Remove(FakeTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;
        private bool disposed;

        public TimeSpan DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (disposed)
            {
                return false;
            }

            clock.Set(this, dueTime, period);
            return true;
        }

        public void Schedule(TimeSpan dueAt, TimeSpan period) => (DueAt, this.period) = (dueAt, period);

        public bool MoveToNextPeriod()
        {
            DueAt += period;
            return period > TimeSpan.Zero;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            disposed = true;
            clock.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
