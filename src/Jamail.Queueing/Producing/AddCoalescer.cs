namespace Jamail.Queueing;

/// <summary>
/// Concurrent adds share calls: while some are under way the next jobs gather, so load makes calls larger, and an idle
/// queue is answered at once. Calls leave in the order of the jobs and several may be under way; the first one, and the first
/// after a fault, goes alone. Calls that Redis did not run go again, in their old order, before any other.
/// </summary>
internal sealed class AddCoalescer : IThreadPoolWorkItem, IDisposable
{
    public const int MaxJobsPerCall = 1000;
    public const int MaxBytesPerCall = 1 << 20;
    public const long MaxWaitingBytes = 64L << 20;
    private const int MaxCalls = 4;

    private static readonly TimeSpan TimeoutCheck = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(50);

    private readonly QueueName _queue;
    private readonly IAddCalls _calls;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly ITimer _timeoutTimer;

    private readonly Lock _gate = new();
    private readonly AddLanes _lanes = new();
    private readonly List<AddBatch> _underWay = [];
    private readonly PriorityQueue<AddBatch, long> _again = new();
    private long _batches;
    private int _resting;
    private bool _isSteady;
    private int _lastJobs;
    private int _turns;

    public AddCoalescer(QueueName queue, IAddCalls calls, TimeSpan timeout, TimeProvider clock)
    {
        _queue = queue;
        _calls = calls;
        _timeout = timeout;
        _clock = clock;
        _timeoutTimer = clock.CreateTimer(_ => EndOverdue(), null, TimeoutCheck, TimeoutCheck);
    }

    /// <exception cref="JobQueueException">Busy: too much waits already.</exception>
    public void Enqueue(JobToAdd job, IAddWaiter waiter)
    {
        if (!TryEnqueue(_lanes.Singles, job, waiter, 0))
        {
            throw AddErrors.Busy(_queue);
        }
    }

    /// <summary>A lane for a bulk; it takes its turns with all others until it is closed.</summary>
    public AddLane OpenLane()
    {
        lock (_gate)
        {
            return _lanes.OpenBulk();
        }
    }

    public void CloseLane(AddLane lane)
    {
        lock (_gate)
        {
            _lanes.CloseBulk(lane);
        }
    }

    /// <summary>Adds to a lane unless too much waits already.</summary>
    public bool TryEnqueue(AddLane lane, JobToAdd job, IAddWaiter waiter, int index)
    {
        var entry = new AddEntry(job, waiter, index, _clock.GetTimestamp());
        bool isLone;
        lock (_gate)
        {
            if (_lanes.WaitingBytes + entry.Weight > MaxWaitingBytes)
            {
                return false;
            }

            _lanes.Enqueue(lane, entry);
            isLone = lane == _lanes.Singles && _lastJobs <= 1 && _underWay.Count == 0;
        }

        QueueTurn(isLone);
        return true;
    }

    public void Dispose() => _timeoutTimer.Dispose();

    void IThreadPoolWorkItem.Execute() => TakeTurns();

    // One thread at a time, so that batches leave in the order in which they were taken.
    private void TakeTurns()
    {
        do
        {
            Volatile.Write(ref _turns, 1);
            while (TakeBatch(out var isAlone) is { } batch)
            {
                _ = SendAsync(batch, isAlone);
            }
        }
        while (Interlocked.CompareExchange(ref _turns, 0, 1) != 1);
    }

    // A turn waits its turn in the pool, so that callers that are about to add share its call. One who is alone has nobody to
    // wait for.
    private void QueueTurn(bool isLone = false)
    {
        if (Interlocked.Increment(ref _turns) != 1)
        {
            return;
        }

        if (isLone)
        {
            TakeTurns();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private AddBatch? TakeBatch(out bool isAlone)
    {
        lock (_gate)
        {
            isAlone = !_isSteady || _again.Count > 0 || !_calls.IsPrepared;
            if (_resting > 0 || _underWay.Count >= (isAlone ? 1 : MaxCalls))
            {
                return null;
            }

            if (TakeAgain() is not { } batch)
            {
                batch = _lanes.TakeBatch();
                batch.Number = _batches++;
            }

            if (batch.Jobs.Count == 0)
            {
                return null;
            }

            batch.IsSent = !isAlone;
            _underWay.Add(batch);
            _lastJobs = batch.Jobs.Count;
            return batch;
        }
    }

    private AddBatch? TakeAgain()
    {
        while (_again.TryDequeue(out var batch, out _))
        {
            batch.DropAbandoned();
            if (batch.Jobs.Count > 0)
            {
                return batch;
            }
        }

        return null;
    }

    private async Task SendAsync(AddBatch batch, bool isAlone)
    {
        Exception? fault = null;
        try
        {
            if (isAlone)
            {
                await _calls.PrepareAsync().WaitAsync(_timeout + _timeout, _clock).ConfigureAwait(false);
                lock (_gate)
                {
                    // Those who were told meanwhile that nothing was added were told the truth.
                    batch.DropAbandoned();
                    batch.IsSent = true;
                }
            }

            if (batch.HasParents)
            {
                lock (_gate)
                {
                    AddAnswers.Refuse(batch, _calls.RefusalOf);
                }
            }

            if (batch.Jobs.Count > 0)
            {
                var replies = await _calls.SendAsync(batch.Jobs, isAlone).WaitAsync(_timeout + _timeout, _clock).ConfigureAwait(false);
                AddAnswers.Give(_queue, batch, replies);
            }
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        bool goesAgain;
        lock (_gate)
        {
            goesAgain = fault is not null
                && (RedisFaults.Of(fault) is RedisFault.NotSent or RedisFault.NotRun || (!batch.IsSent && fault is TimeoutException));
            _underWay.Remove(batch);
            _isSteady = fault is null;
            if (goesAgain)
            {
                batch.IsSent = false;
                _again.Enqueue(batch, batch.Number);
                _resting++;
            }
        }

        if (goesAgain)
        {
            await RestAsync().ConfigureAwait(false);
        }
        else if (fault is not null)
        {
            await AnswerAsync(batch, fault).ConfigureAwait(false);
        }

        QueueTurn();
    }

    private async Task RestAsync()
    {
        await Task.Delay(RetryWait, _clock).ConfigureAwait(false);
        lock (_gate)
        {
            _resting--;
        }
    }

    private async Task AnswerAsync(AddBatch batch, Exception fault)
    {
        AddAnswers.Give(_queue, batch, fault);
        if (fault is TimeoutException)
        {
            await _calls.GiveUpConnectionAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void EndOverdue()
    {
        lock (_gate)
        {
            foreach (var batch in _underWay.Concat(_again.UnorderedItems.Select(item => item.Element)))
            {
                foreach (var entry in batch.Entries.Where(entry => IsOverdue(entry) && !entry.IsAbandoned))
                {
                    AddAnswers.Overdue(_queue, entry, batch.IsSent, _timeout);
                }
            }

            _lanes.TakeOverdue(IsOverdue, entry => AddAnswers.Overdue(_queue, entry, isSent: false, _timeout));
        }
    }

    private bool IsOverdue(AddEntry entry) => _clock.GetElapsedTime(entry.EnqueuedAt) > _timeout;
}
