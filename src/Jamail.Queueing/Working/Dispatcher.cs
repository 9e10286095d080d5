namespace Jamail.Queueing;

/// <summary>
/// The loop of a worker. Each turn takes everything that has finished since the last one and every free slot, and is one
/// call. While calls are under way outcomes gather, so load makes turns larger, and an idle queue is answered at once.
/// </summary>
internal sealed class Dispatcher : IThreadPoolWorkItem, IDisposable
{
    private const int MaxCalls = 4;
    private const int MaxOutcomes = 256;
    private const int MaxFetch = 256;
    private const int MaxBytes = 1 << 20;
    private static readonly TimeSpan MaxLimitWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    private readonly WorkerContext _context;
    private readonly JobSlots _slots;
    private readonly JobRunner _runner;
    private readonly FinishJobs _finishJobs;
    private readonly TurnFailures _failures;
    private readonly Marker _marker;
    private readonly SettlementRules _rules;
    private readonly ITimer _timer;

    private readonly Lock _gate = new();
    private readonly Queue<(RunningJob Job, Settlement Settlement)> _again = new();
    private readonly Queue<(RunningJob Job, Settlement Settlement)> _outcomes = new();
    private int _turnIsQueued;
    private long _calls;
    private int _underWay;
    private int _running;
    private int _reserved;

    private bool _mayHaveWork;
    private bool _wokenMeanwhile;
    private bool _isHeld = true;
    private bool _isStopping;
    private long _limitedUntilMs;
    private long _dueAtMs;
    private bool _owesDueMarker;
    private TaskCompletionSource? _idle;
    private TaskCompletionSource? _changed;

    public Dispatcher(
        WorkerContext context, JobSlots slots, JobRunner runner, SettlementRules rules, CancellationToken aborted)
    {
        _context = context;
        _slots = slots;
        _runner = runner;
        _rules = rules;
        _finishJobs = new FinishJobs(context.Scripts, context.Keys);
        _failures = new TurnFailures(context, slots, this, aborted);
        _marker = new Marker(context);
        _timer = context.Clock.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        runner.Finished = Finish;
    }

    private int FreeSlots => _context.Options.Concurrency - _running - _reserved;

    private bool MayFetch => !_isStopping && _limitedUntilMs == 0;

    /// <summary>Jobs whose processors have not returned.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Lets turns go, from the start or after a hold.</summary>
    public void Release(bool look)
    {
        lock (_gate)
        {
            _isHeld = false;
            _mayHaveWork |= look;
        }

        QueueTurn();
    }

    /// <summary>Ends when there are free slots and nothing is under way to fill them.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return IsIdle()
                ? Task.CompletedTask
                : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The queue's marker says that there is work, or nobody said anything for so long that it is time to look.</summary>
    public void Wake(bool fromMarker)
    {
        var isUsed = true;
        lock (_gate)
        {
            if (MayFetch && FreeSlots > 0)
            {
                _mayHaveWork = true;
            }
            else if (MayFetch && _reserved > 0)
            {
                _wokenMeanwhile |= fromMarker;
            }
            else
            {
                isUsed = !fromMarker;
            }
        }

        if (isUsed)
        {
            QueueTurn();
        }
        else
        {
            _marker.PutBack();
        }
    }

    /// <summary>The queue's marker says when the next delayed job is due; nobody else knows now.</summary>
    public void WakeAt(long dueMs)
    {
        lock (_gate)
        {
            _owesDueMarker = true;
            NoteDue(dueMs);
        }
    }

    /// <summary>A processor returned.</summary>
    public void Finish(RunningJob job, Settlement settlement)
    {
        job.HasOutcome = true;
        lock (_gate)
        {
            _running--;
            _outcomes.Enqueue((job, settlement));
        }

        QueueTurn();
    }

    /// <summary>Sends an outcome again, before newer ones.</summary>
    public void SettleAgain(RunningJob job, Settlement settlement)
    {
        lock (_gate)
        {
            _again.Enqueue((job, settlement));
        }

        QueueTurn();
    }

    /// <summary>Starts a job that is active under our lock.</summary>
    public void Start(RunningJob job)
    {
        bool isStopping;
        lock (_gate)
        {
            isStopping = _isStopping;
            _running++;
        }

        _slots.Add(job);
        if (isStopping)
        {
            Finish(job, SettlementRules.Returned(job));
        }
        else
        {
            // Never on the continuation of a reply: a processor that blocks would hold up the replies behind it.
            ThreadPool.UnsafeQueueUserWorkItem(job, preferLocal: false);
        }
    }

    /// <summary>Starts a job that a call took whose reply was lost.</summary>
    public void Adopt(StoredJob stored, string token, long heldUntil) =>
        Start(new RunningJob(_runner, stored, token, heldUntil));

    /// <summary>No more jobs are taken. Outcomes still go out.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;
        }
    }

    /// <summary>Ends when no processor runs or, if asked for, when every outcome has its answer.</summary>
    public async Task WhenDrainedAsync(bool settled, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (settled
                    ? _outcomes.Count + _again.Count + _underWay == 0 && !_failures.AreOpen
                    : _running + _reserved == 0)
                {
                    return;
                }

                changed = (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _timer.Dispose();

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _turnIsQueued, 0);
        while (TakeTurn() is { } turn)
        {
            _ = CallAsync(turn);
        }

        lock (_gate)
        {
            if (_idle is { } idle && IsIdle())
            {
                _idle = null;
                idle.TrySetResult();
            }

            _changed?.TrySetResult();
            _changed = null;
        }
    }

    // Queued behind the jobs that wait for a thread, so that what they finish meanwhile goes into the same turn.
    internal void QueueTurn()
    {
        if (Interlocked.Exchange(ref _turnIsQueued, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private bool IsIdle() => MayFetch && FreeSlots > 0 && _reserved == 0 && !_mayHaveWork && !_isHeld;

    private Turn? TakeTurn()
    {
        lock (_gate)
        {
            if (_isHeld || _underWay >= MaxCalls)
            {
                return null;
            }

            var fetch = MayFetch ? Math.Min(FreeSlots, MaxFetch) : 0;
            if (_outcomes.Count + _again.Count == 0 && (fetch == 0 || !_mayHaveWork))
            {
                return null;
            }

            var turn = new Turn { Token = $"{_context.WorkerId}:{_calls++}", Fetch = fetch };
            Take(_again, turn);
            Take(_outcomes, turn);
            _reserved += fetch;
            _mayHaveWork &= fetch == 0;
            _underWay++;
            return turn;
        }
    }

    private static void Take(Queue<(RunningJob Job, Settlement Settlement)> outcomes, Turn turn)
    {
        while (turn.Jobs.Count < MaxOutcomes
            && outcomes.TryPeek(out var next)
            && (turn.Jobs.Count == 0 || turn.Bytes + Turn.WeightOf(next.Settlement) <= MaxBytes))
        {
            outcomes.Dequeue();
            turn.Add(next.Job, next.Settlement);
        }
    }

    private async Task CallAsync(Turn turn)
    {
        FinishReply? reply = null;
        try
        {
            turn.SentAt = _context.Clock.GetTimestamp();
            var call = _finishJobs.RunAsync(turn.Settlements, turn.Fetch, _context.NowMs, TermsOf(turn));

            // Beyond this no lock that the call may have set is sure to hold.
            reply = await call.WaitAsync(_context.Options.LockDuration, _context.Clock).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                _reserved -= turn.Fetch;
                _mayHaveWork |= turn.Fetch > 0;
                _isHeld = true;
            }

            await _failures.TakeAsync(turn, exception).ConfigureAwait(false);
        }

        if (reply is not null)
        {
            Apply(turn, reply);
        }

        int underWay;
        lock (_gate)
        {
            underWay = --_underWay;
        }

        if (underWay == 0)
        {
            _failures.ResolveWhenOpen();
        }

        QueueTurn();
    }

    internal FetchTerms TermsOf(Turn turn) =>
        new(turn.Token, _context.LockDurationMs, string.IsNullOrEmpty(_context.Options.Name) ? null : _context.Options.Name);

    private void Apply(Turn turn, FinishReply reply)
    {
        for (var index = 0; index < turn.Jobs.Count; index++)
        {
            Settled(turn.Jobs[index], turn.Settlements[index], reply.Settled[index]);
        }

        var heldUntil = _context.HeldUntil(turn.SentAt);
        for (var index = 0; index < reply.Jobs.Count; index++)
        {
            var stored = reply.Jobs[index];
            if (stored is { Name: null, Options: null })
            {
                _failures.DropOrphan(stored.Id);
            }
            else
            {
                Start(new RunningJob(_runner, stored, turn.Token, heldUntil));
            }
        }

        if (turn.Fetch > 0)
        {
            Fetched(turn, reply);
        }
    }

    private void Fetched(Turn turn, FinishReply reply)
    {
        var putMarkerBack = false;
        lock (_gate)
        {
            _reserved -= turn.Fetch;
            if (reply.LimitedMs > 0)
            {
                var wait = Math.Min(reply.LimitedMs, (long)MaxLimitWait.TotalMilliseconds);
                _limitedUntilMs = _context.NowMs + wait;
                SetTimer();
            }
            else if (FreeSlots > 0)
            {
                // A full bag means that there is more; after a part of one the marker tells.
                _mayHaveWork |= _wokenMeanwhile || reply.Jobs.Count == turn.Fetch;
                _wokenMeanwhile = false;
            }
            else if (_reserved == 0)
            {
                putMarkerBack = _wokenMeanwhile;
                _wokenMeanwhile = false;
            }

            if (reply.NextDueMs > 0)
            {
                NoteDue(reply.NextDueMs);
            }
        }

        if (putMarkerBack)
        {
            _marker.PutBack();
        }

        if (reply.FetchFault is { } fault)
        {
            _failures.FetchFaulted(fault, FaultPause);
        }
    }

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

    private void NoteDue(long dueMs)
    {
        if (_dueAtMs == 0 || dueMs < _dueAtMs)
        {
            _dueAtMs = dueMs;
            SetTimer();
        }
    }

    private void SetTimer()
    {
        var next = (_dueAtMs, _limitedUntilMs) switch
        {
            (0, var limited) => limited,
            (var due, 0) => due,
            var (due, limited) => Math.Min(due, limited),
        };
        var wait = Math.Clamp(next - _context.NowMs, 0, (long)MaxLimitWait.TotalMilliseconds);
        _timer.Change(next == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        var putMarkerBack = false;
        lock (_gate)
        {
            var now = _context.NowMs;
            if (_limitedUntilMs > 0 && _limitedUntilMs <= now)
            {
                _limitedUntilMs = 0;
                _mayHaveWork = true;
            }

            if (_dueAtMs > 0 && _dueAtMs <= now)
            {
                _dueAtMs = 0;
                _mayHaveWork |= FreeSlots > 0;
                putMarkerBack = FreeSlots == 0 && _owesDueMarker;
                _owesDueMarker = false;
            }

            SetTimer();
        }

        if (putMarkerBack)
        {
            _marker.PutBack();
        }

        QueueTurn();
    }
}
