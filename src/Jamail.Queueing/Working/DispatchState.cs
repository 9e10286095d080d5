namespace Jamail.Queueing;

/// <summary>
/// What the dispatcher knows: slots, outcomes, calls under way, and whether the queue may have work. Decides about turns
/// and talks to nobody. Safe for concurrent use.
/// </summary>
internal sealed class DispatchState(string workerId, int concurrency)
{
    private const int MaxCalls = 4;
    private const int MaxFetch = 256;
    private const long MaxWaitMs = 30_000;

    private readonly Lock _gate = new();
    private readonly OutcomeQueue _outcomes = new();
    private long _turns;
    private int _underWay;
    private int _running;
    private int _reserved;

    private bool _mayHaveWork;
    private bool _wokenMeanwhile;
    private bool _isHeld = true;
    private bool _isStopping;
    private bool _isPaused;
    private long _limitedUntilMs;
    private long _dueAtMs;
    private bool _owesDueMarker;

    // Adopted jobs may be more than there are slots for them.
    private int FreeSlots => Math.Max(0, concurrency - _running - _reserved);

    private bool MayFetch => !_isStopping && !_isPaused && _limitedUntilMs == 0;

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

    /// <summary>There are free slots and nothing is under way to fill them.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return MayFetch && FreeSlots > 0 && _reserved == 0 && !_mayHaveWork && !_isHeld;
            }
        }
    }

    /// <summary>No processor runs, none is about to.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
            {
                return _running == 0 && _reserved == 0;
            }
        }
    }

    /// <summary>Every outcome has been sent and answered.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_gate)
            {
                return _outcomes.Count + _underWay == 0;
            }
        }
    }

    /// <summary>Turns go, from the start or after a failure.</summary>
    public void Release(bool look)
    {
        lock (_gate)
        {
            _isHeld = false;
            _mayHaveWork |= look;
        }
    }

    public bool IsPaused => Volatile.Read(ref _isPaused);

    public void SetPaused(bool isPaused)
    {
        lock (_gate)
        {
            _isPaused = isPaused;
            _mayHaveWork |= !isPaused;
        }
    }

    /// <summary>No jobs are taken before this time.</summary>
    public void Limit(long untilMs)
    {
        lock (_gate)
        {
            _limitedUntilMs = Math.Max(_limitedUntilMs, untilMs);
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;
        }
    }

    /// <summary>There may be work. False: this worker cannot use the marker it took, another one may.</summary>
    public bool Wake(bool fromMarker)
    {
        lock (_gate)
        {
            if (MayFetch && FreeSlots > 0)
            {
                _mayHaveWork = true;
                return true;
            }

            if (MayFetch && _reserved > 0)
            {
                _wokenMeanwhile |= fromMarker;
                return true;
            }

            return !fromMarker;
        }
    }

    /// <summary>The marker with the due time of the next delayed job was taken: nobody else knows it now.</summary>
    public void WakeAt(long dueMs)
    {
        lock (_gate)
        {
            _owesDueMarker = true;
            NoteDue(dueMs);
        }
    }

    /// <summary>A job runs from here. False: the worker is stopping, and the job is to be returned.</summary>
    /// <param name="isReserved">A call kept a slot for it, which it takes in the same moment: none is counted twice.</param>
    public bool Start(bool isReserved)
    {
        lock (_gate)
        {
            _running++;
            _reserved -= isReserved ? 1 : 0;
            return !_isStopping;
        }
    }

    /// <summary>A processor returned. True: no other one runs whose outcome could share a call with this one.</summary>
    public bool Finish(RunningJob job, Settlement settlement)
    {
        lock (_gate)
        {
            _running--;
            _outcomes.Add(job, settlement);
            return _running == 0;
        }
    }

    public void SettleAgain(RunningJob job, Settlement settlement)
    {
        lock (_gate)
        {
            _outcomes.AddAgain(job, settlement);
        }
    }

    /// <summary>The next call, when there is a reason for one; its slots are kept from here on.</summary>
    public Turn? TakeTurn()
    {
        lock (_gate)
        {
            if (_isHeld || _underWay >= MaxCalls)
            {
                return null;
            }

            var fetch = MayFetch ? Math.Min(FreeSlots, MaxFetch) : 0;
            if (_outcomes.Count == 0 && (fetch == 0 || !_mayHaveWork))
            {
                return null;
            }

            var turn = new Turn { Token = $"{workerId}:{_turns++}", Fetch = fetch };
            _outcomes.MoveTo(turn);
            _reserved += fetch;
            _mayHaveWork &= fetch == 0;
            _underWay++;
            return turn;
        }
    }

    /// <summary>The call brought no reply: its slots are free, and no turn goes until it is known what happened.</summary>
    public void Hold(Turn turn)
    {
        lock (_gate)
        {
            _reserved -= turn.Fetch;
            _mayHaveWork |= turn.Fetch > 0;
            _isHeld = true;
        }
    }

    /// <summary>A call has ended and its outcomes are placed. True: it was the last one under way.</summary>
    public bool EndCall()
    {
        lock (_gate)
        {
            return --_underWay == 0;
        }
    }

    /// <summary>What a call found, after its jobs have been started. True: a marker taken meanwhile cannot be used.</summary>
    /// <param name="turn">The call.</param>
    /// <param name="started">How many of the slots kept for it its jobs have taken.</param>
    /// <param name="reply">What it found.</param>
    /// <param name="nowMs">Now.</param>
    public bool Fetched(Turn turn, int started, FinishReply reply, long nowMs)
    {
        var putMarkerBack = false;
        lock (_gate)
        {
            _reserved -= turn.Fetch - started;
            if (reply.LimitedMs > 0)
            {
                _limitedUntilMs = Math.Max(_limitedUntilMs, nowMs + Math.Min(reply.LimitedMs, MaxWaitMs));
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

        return putMarkerBack;
    }

    /// <summary>Ends what has run out by now. True: a due time has come that only this worker knows and cannot use.</summary>
    public bool Tick(long nowMs)
    {
        lock (_gate)
        {
            if (_limitedUntilMs > 0 && _limitedUntilMs <= nowMs)
            {
                _limitedUntilMs = 0;
                _mayHaveWork = true;
            }

            if (_dueAtMs == 0 || _dueAtMs > nowMs)
            {
                return false;
            }

            var putMarkerBack = (FreeSlots == 0 || _isPaused) && _owesDueMarker;
            _dueAtMs = 0;
            _owesDueMarker = false;
            _mayHaveWork |= FreeSlots > 0;
            return putMarkerBack;
        }
    }

    /// <summary>How long until <see cref="Tick"/> has something to do; infinite when nothing is known.</summary>
    public TimeSpan UntilTick(long nowMs)
    {
        lock (_gate)
        {
            var next = (_dueAtMs, _limitedUntilMs) switch
            {
                (0, var limited) => limited,
                (var due, 0) => due,
                var (due, limited) => Math.Min(due, limited),
            };
            return next == 0
                ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(Math.Clamp(next - nowMs, 0, MaxWaitMs));
        }
    }

    private void NoteDue(long dueMs)
    {
        if (_dueAtMs == 0 || dueMs < _dueAtMs)
        {
            _dueAtMs = dueMs;
        }
    }
}
