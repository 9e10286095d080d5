namespace Jamail.Queueing;

/// <summary>
/// What the dispatcher knows: slots, outcomes, calls under way, and whether the queue may have work. Decides about turns
/// and talks to nobody. Safe for concurrent use.
/// </summary>
internal sealed class DispatchState(string workerId, int concurrency)
{
    private const int MaxFetch = 256;

    private readonly Lock _gate = new();
    private readonly OutcomeQueue _outcomes = new();
    private readonly DispatchTimes _times = new();
    private readonly DispatchSlots _slots = new(concurrency);
    private long _turns;
    private int _underWay;

    private bool _mayHaveWork;
    private bool _isHeld = true;
    private bool _isStopping;
    private bool _isPaused;
    private bool _isAsleep;
    private bool _isRoused;

    private bool MayFetch => !_isStopping && !_isPaused && !_times.IsLimited;

    private bool IsIdleNow => MayFetch && _slots.Free > 0 && !_slots.AreReserved && !_mayHaveWork && !_isHeld && !_isAsleep;

    /// <summary>Jobs whose processors have not returned.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _slots.Running;
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
                return IsIdleNow;
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
                return !_slots.AreUsed;
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

    /// <summary>A call sleeps in Redis until there is work.</summary>
    public bool IsAsleep => Volatile.Read(ref _isAsleep);

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
            _times.LimitUntil(untilMs);
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;
        }
    }

    /// <summary>There may be work.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _mayHaveWork |= MayFetch && (_slots.Free > 0 || _isAsleep);
        }
    }

    /// <summary>The marker with the due time of the next delayed job was taken: nobody else knows it now.</summary>
    public void WakeAt(long dueMs)
    {
        lock (_gate)
        {
            _times.NoteDue(dueMs, isOwed: true);
        }
    }

    /// <summary>A job runs from here. False: the worker is stopping, and the job is to be returned.</summary>
    /// <param name="isReserved">A call kept a slot for it.</param>
    public bool Start(bool isReserved)
    {
        lock (_gate)
        {
            _slots.Start(isReserved);
            return !_isStopping;
        }
    }

    /// <summary>A processor returned. True: no other one runs whose outcome could share a call with this one.</summary>
    public bool Finish(RunningJob job, Settlement settlement)
    {
        lock (_gate)
        {
            _slots.End();
            _outcomes.Add(job, settlement);
            return _slots.Running == 0;
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
            if (_isHeld || _underWay >= _slots.MaxCalls)
            {
                return null;
            }

            var fetch = MayFetch ? Math.Min(_slots.Free, MaxFetch) : 0;
            if (_outcomes.Count == 0 && (fetch == 0 || !_mayHaveWork))
            {
                return null;
            }

            var turn = NewTurn(fetch, isAsleep: false);
            _outcomes.MoveTo(turn);
            _mayHaveWork &= fetch == 0;
            _underWay++;
            return turn;
        }
    }

    /// <summary>
    /// The call that sleeps in Redis until there is work, when there is nothing else to do. It keeps every free slot, so what
    /// needs one meanwhile, or wants that none is taken, has to rouse it.
    /// </summary>
    public Turn? TakeSleepingTurn()
    {
        lock (_gate)
        {
            if (!IsIdleNow)
            {
                return null;
            }

            _isAsleep = true;
            _isRoused = false;
            return NewTurn(Math.Min(_slots.Free, MaxFetch), isAsleep: true);
        }
    }

    /// <summary>The sleeping call is to look now, and so to end. True once for each.</summary>
    public bool MustRouse()
    {
        lock (_gate)
        {
            if (!_isAsleep || _isRoused || !(_isHeld || _isStopping || _isPaused || (_mayHaveWork && _slots.Free == 0)))
            {
                return false;
            }

            _isRoused = true;
            _mayHaveWork = false;
            return true;
        }
    }

    /// <summary>The sleeping call had woken before it was roused: it may have looked too early.</summary>
    public void RousedLate()
    {
        lock (_gate)
        {
            _mayHaveWork = true;
        }
    }

    /// <summary>The call brought no reply: its slots are free, and no turn goes until it is known what happened.</summary>
    public void Hold(Turn turn)
    {
        lock (_gate)
        {
            _slots.Release(turn.Fetch);
            _mayHaveWork |= turn.Fetch > 0;
            _isHeld = true;
        }
    }

    /// <summary>A call has ended and its outcomes are placed. True: it was the last one under way.</summary>
    public bool EndCall(Turn turn)
    {
        lock (_gate)
        {
            _isAsleep &= !turn.IsAsleep;
            _underWay -= turn.IsAsleep ? 0 : 1;
            return _underWay == 0 && !_isAsleep;
        }
    }

    /// <summary>What a call found, after its jobs have been started.</summary>
    /// <param name="turn">The call.</param>
    /// <param name="started">How many of the slots kept for it its jobs have taken.</param>
    /// <param name="reply">What it found.</param>
    /// <param name="nowMs">Now.</param>
    public void Fetched(Turn turn, int started, FinishReply reply, long nowMs)
    {
        lock (_gate)
        {
            _slots.Release(turn.Fetch - started);
            if (reply.LimitedMs > 0)
            {
                _times.LimitFor(reply.LimitedMs, nowMs);
            }
            else
            {
                // A full bag means that there is more; after a part of one the marker tells.
                _mayHaveWork |= _slots.Free > 0 && reply.Jobs.Count == turn.Fetch;
            }

            if (reply.NextDueMs > 0)
            {
                _times.NoteDue(reply.NextDueMs, isOwed: false);
            }
        }
    }

    /// <summary>Ends what has run out by now. True: a due time has come that only this worker knows and cannot use.</summary>
    public bool Tick(long nowMs)
    {
        lock (_gate)
        {
            _mayHaveWork |= _times.TakeLimitEnd(nowMs);
            if (!_times.TakeDue(nowMs, out var isOwed))
            {
                return false;
            }

            var isUsable = (_slots.Free > 0 || _isAsleep) && !_isPaused;
            _mayHaveWork |= isUsable;
            return isOwed && !isUsable;
        }
    }

    /// <summary>How long until <see cref="Tick"/> has something to do; infinite when nothing is known.</summary>
    public TimeSpan UntilTick(long nowMs)
    {
        lock (_gate)
        {
            return _times.UntilNext(nowMs);
        }
    }

    private Turn NewTurn(int fetch, bool isAsleep)
    {
        _slots.Reserve(fetch);
        return new Turn { Token = $"{workerId}:{_turns++}", Fetch = fetch, IsAsleep = isAsleep };
    }
}
