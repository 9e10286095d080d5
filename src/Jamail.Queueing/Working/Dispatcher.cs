namespace Jamail.Queueing;

/// <summary>
/// The loop of a worker. Each turn takes everything that has finished since the last one and every free slot, and is one
/// call. While calls are under way outcomes gather, so load makes turns larger, and an idle queue is answered at once.
/// </summary>
internal sealed class Dispatcher : IThreadPoolWorkItem, IDisposable
{
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    private readonly WorkerContext _context;
    private readonly JobSlots _slots;
    private readonly JobRunner _runner;
    private readonly FinishJobs _finishJobs;
    private readonly TurnFailures _failures;
    private readonly Marker _marker;
    private readonly SettlementRules _rules;
    private readonly DispatchState _state;
    private readonly Func<Turn, Task<FinishReply>> _send;
    private readonly ITimer _timer;
    private readonly Lock _timing = new();
    private readonly DispatchSignals _signals;
    private int _turnIsQueued;

    public Dispatcher(
        WorkerContext context, JobSlots slots, JobRunner runner, SettlementRules rules, CancellationToken aborted)
    {
        _context = context;
        _slots = slots;
        _runner = runner;
        _rules = rules;
        _state = new DispatchState(context.WorkerId, context.Options.Concurrency);
        _finishJobs = new FinishJobs(context.Scripts, context.Keys);
        _send = SendAsync;
        _failures = new TurnFailures(context, slots, this, aborted);
        _signals = new DispatchSignals(_state, _failures);
        _marker = new Marker(context);
        _timer = context.Clock.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        runner.Finished = Finish;
        runner.Held = Hold;
    }

    /// <summary>Makes the sleeping call look and end.</summary>
    public Action? Rouse { get; set; }

    /// <summary>A call sleeps in Redis.</summary>
    public bool IsAsleep => _state.IsAsleep;

    /// <summary>Lets turns go, from the start or after a hold.</summary>
    public void Release(bool look)
    {
        _state.Release(look);
        QueueTurn();
    }

    /// <inheritdoc cref="DispatchSignals.WhenIdleAsync"/>
    public Task WhenIdleAsync(CancellationToken cancellationToken) => _signals.WhenIdleAsync(cancellationToken);

    /// <inheritdoc cref="DispatchSignals.WhenDrainedAsync"/>
    public Task WhenDrainedAsync(CancellationToken cancellationToken) => _signals.WhenDrainedAsync(cancellationToken);

    /// <inheritdoc cref="DispatchSignals.WhenSettledAsync"/>
    public Task WhenSettledAsync(bool someAreLeft, CancellationToken cancellationToken) =>
        _signals.WhenSettledAsync(someAreLeft, cancellationToken);

    /// <summary>
    /// Sends, when there is nothing else to do, a call that sleeps in Redis until there is work and brings it. Null when there is
    /// something to do; otherwise ends when the call has.
    /// </summary>
    /// <param name="send">Sends the call that takes jobs, behind the command that sleeps.</param>
    public Task? Sleep(Func<Turn, Task<FinishReply>> send) => _state.TakeSleepingTurn() is { } turn ? CallAsync(turn, send) : null;

    /// <summary>A sleeping call was to look, but had looked before it was told.</summary>
    public void RousedLate()
    {
        _state.RousedLate();
        QueueTurn();
    }

    /// <summary>There may be work, though no marker says so.</summary>
    public void Wake()
    {
        _state.Wake();
        TakeTurns();
    }

    /// <summary>The queue's marker says when the next delayed job is due; nobody else knows now.</summary>
    public void WakeAt(long dueMs)
    {
        _state.WakeAt(dueMs);
        SetTimer();
    }

    /// <summary>A processor returned.</summary>
    public void Finish(RunningJob job, Settlement settlement)
    {
        job.HasOutcome = true;
        if (_state.Finish(job, settlement))
        {
            TakeTurns();
        }
        else
        {
            QueueTurn();
        }
    }

    /// <summary>Sends an outcome again, before newer ones.</summary>
    public void SettleAgain(RunningJob job, Settlement settlement)
    {
        _state.SettleAgain(job, settlement);
        QueueTurn();
    }

    /// <summary>Starts a job that a call took whose reply was lost.</summary>
    public void Adopt(StoredJob stored, string token, long heldUntil) =>
        Start(new RunningJob(_runner, stored, token, heldUntil), isReserved: false);

    /// <summary>Takes no jobs for a time.</summary>
    public void Hold(TimeSpan time)
    {
        _state.Limit(_context.NowMs + (long)Math.Ceiling(time.TotalMilliseconds));
        SetTimer();
    }

    public bool IsPaused => _state.IsPaused;

    /// <summary>Takes no jobs while it is paused. Running ones go on.</summary>
    public void SetPaused(bool isPaused)
    {
        _state.SetPaused(isPaused);
        QueueTurn();
    }

    /// <summary>No more jobs are taken. Outcomes still go out.</summary>
    public void Stop()
    {
        _state.Stop();
        QueueTurn();
    }

    public void Dispose() => _timer.Dispose();

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _turnIsQueued, 0);
        TakeTurns();
    }

    private void TakeTurns()
    {
        while (_state.TakeTurn() is { } turn)
        {
            _ = CallAsync(turn, _send);
        }

        if (_state.MustRouse())
        {
            Rouse?.Invoke();
        }

        _signals.Changed();
    }

    internal FetchTerms TermsOf(Turn turn) => _context.TermsOf(turn.Token);

    /// <summary>What Redis said about one outcome.</summary>
    internal void Settled(RunningJob job, Settlement settlement, in SettleReply reply)
    {
        if (reply is { Code: >= 0, Fault: null })
        {
            _slots.Remove(job);
        }
        else if (_rules.AfterRefusal(job, settlement, reply) is { } instead)
        {
            SettleAgain(job, instead);
        }
        else
        {
            _slots.Remove(job);
            _failures.Report(job, reply);
        }
    }

    // Queued behind the jobs that wait for a thread, so that what they finish meanwhile goes into the same turn.
    private void QueueTurn()
    {
        if (Interlocked.Exchange(ref _turnIsQueued, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private Task<FinishReply> SendAsync(Turn turn)
    {
        turn.SentAt = _context.Clock.GetTimestamp();

        // Beyond this no lock that the call may have set is sure to hold.
        return _finishJobs.RunAsync(turn.Settlements, turn.Fetch, _context.NowMs, TermsOf(turn))
            .WaitAsync(_context.Options.LockDuration, _context.Clock);
    }

    private async Task CallAsync(Turn turn, Func<Turn, Task<FinishReply>> send)
    {
        FinishReply? reply = null;
        try
        {
            reply = await send(turn).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _state.Hold(turn);
            await _failures.TakeAsync(turn, exception).ConfigureAwait(false);
        }

        if (reply is not null)
        {
            Apply(turn, reply);
        }

        if (_state.EndCall(turn))
        {
            _failures.ResolveWhenOpen();
        }

        QueueTurn();
    }

    private void Apply(Turn turn, FinishReply reply)
    {
        _context.Heartbeat.Beat();
        for (var index = 0; index < turn.Jobs.Count; index++)
        {
            Settled(turn.Jobs[index], turn.Settlements[index], reply.Settled[index]);
        }

        var heldUntil = _context.HeldUntil(turn.SentAt);
        var started = 0;
        for (var index = 0; index < reply.Jobs.Count; index++)
        {
            var stored = reply.Jobs[index];
            if (stored is { Name: null, Options: null })
            {
                _failures.DropOrphan(stored.Id);
            }
            else
            {
                Start(new RunningJob(_runner, stored, turn.Token, heldUntil), isReserved: true);
                started++;
            }
        }

        if (turn.Fetch > 0)
        {
            _state.Fetched(turn, started, reply, _context.NowMs);
            if (reply.LimitedMs > 0 || reply.NextDueMs > 0)
            {
                SetTimer();
            }
        }

        if (reply.FetchFault is { } fault)
        {
            _failures.FetchFaulted(fault, FaultPause);
        }
    }

    private void Start(RunningJob job, bool isReserved)
    {
        var mayRun = _state.Start(isReserved);
        _slots.Add(job);
        if (mayRun)
        {
            // Never on the continuation of a reply: a processor that blocks would hold up the replies behind it.
            ThreadPool.UnsafeQueueUserWorkItem(job, preferLocal: false);
        }
        else
        {
            Finish(job, SettlementRules.Returned(job));
        }
    }

    private void SetTimer()
    {
        // Together, or an older look at the state could set the timer last.
        lock (_timing)
        {
            _timer.Change(_state.UntilTick(_context.NowMs), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        if (_state.Tick(_context.NowMs))
        {
            _marker.PutBack();
        }

        SetTimer();
        QueueTurn();
    }
}
