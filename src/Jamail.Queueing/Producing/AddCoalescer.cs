namespace Jamail.Queueing;

/// <summary>Sends one addJobs call.</summary>
internal delegate Task<AddReply[]> SendAdds(IReadOnlyList<JobToAdd> jobs);

/// <summary>
/// Concurrent adds share calls: while some are under way the next jobs gather, so load makes calls larger, and an idle
/// queue is answered at once. Calls leave in the order of the jobs.
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
    private readonly SendAdds _send;
    private readonly Func<Task> _giveUpConnection;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly ITimer _timeoutTimer;

    private readonly Lock _gate = new();
    private readonly AddLane _singles = new();
    private readonly List<AddLane> _bulks = [];
    private readonly List<AddBatch> _underWay = [];
    private int _nextLane;
    private long _waitingBytes;
    private int _retrying;
    private int _turnIsQueued;

    public AddCoalescer(
        QueueName queue, SendAdds send, Func<Task> giveUpConnection, TimeSpan timeout, TimeProvider clock)
    {
        _queue = queue;
        _send = send;
        _giveUpConnection = giveUpConnection;
        _timeout = timeout;
        _clock = clock;
        _timeoutTimer = clock.CreateTimer(_ => EndOverdue(), null, TimeoutCheck, TimeoutCheck);
    }

    /// <exception cref="JobQueueException">Busy: too much waits already.</exception>
    public void Enqueue(JobToAdd job, IAddWaiter waiter)
    {
        if (!TryEnqueue(_singles, new AddEntry(job, waiter, 0, _clock.GetTimestamp())))
        {
            throw AddErrors.Busy(_queue);
        }
    }

    /// <summary>A lane for a bulk; it takes its turns with all others until it is closed.</summary>
    public AddLane OpenLane()
    {
        var lane = new AddLane();
        lock (_gate)
        {
            _bulks.Add(lane);
        }

        return lane;
    }

    public void CloseLane(AddLane lane)
    {
        lock (_gate)
        {
            _bulks.Remove(lane);
            while (lane.Entries.TryDequeue(out var entry))
            {
                _waitingBytes -= entry.Weight;
            }
        }
    }

    /// <summary>Adds to a lane unless too much waits already.</summary>
    public bool TryEnqueue(AddLane lane, JobToAdd job, IAddWaiter waiter, int index) =>
        TryEnqueue(lane, new AddEntry(job, waiter, index, _clock.GetTimestamp()));

    public void Dispose() => _timeoutTimer.Dispose();

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _turnIsQueued, 0);
        while (TakeBatch() is { } batch)
        {
            _ = SendAsync(batch);
        }
    }

    private bool TryEnqueue(AddLane lane, in AddEntry entry)
    {
        lock (_gate)
        {
            if (_waitingBytes + entry.Weight > MaxWaitingBytes)
            {
                return false;
            }

            _waitingBytes += entry.Weight;
            lane.Entries.Enqueue(entry);
        }

        QueueTurn();
        return true;
    }

    // A turn waits its turn in the pool, so that callers that are about to add share its call.
    private void QueueTurn()
    {
        if (Interlocked.Exchange(ref _turnIsQueued, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private AddBatch? TakeBatch()
    {
        lock (_gate)
        {
            if (_retrying > 0 || _underWay.Count >= MaxCalls)
            {
                return null;
            }

            var batch = new AddBatch();
            var share = Math.Max(1, MaxJobsPerCall / (_bulks.Count + 1));
            var isMore = true;
            while (isMore)
            {
                isMore = false;
                for (var lane = 0; lane <= _bulks.Count; lane++)
                {
                    isMore |= Take(Lane(lane), share, batch);
                }
            }

            _nextLane++;
            if (batch.Jobs.Count == 0)
            {
                return null;
            }

            _underWay.Add(batch);
            return batch;
        }
    }

    private AddLane Lane(int turn)
    {
        var lane = (turn + _nextLane) % (_bulks.Count + 1);
        return lane == 0 ? _singles : _bulks[lane - 1];
    }

    /// <returns>True when the batch has room and the lane has more.</returns>
    private bool Take(AddLane lane, int share, AddBatch batch)
    {
        while (share > 0 && lane.Entries.TryPeek(out var entry))
        {
            if (batch.Jobs.Count >= MaxJobsPerCall
                || (batch.Jobs.Count > 0 && batch.Weight + entry.Weight > MaxBytesPerCall))
            {
                return false;
            }

            lane.Entries.Dequeue();
            _waitingBytes -= entry.Weight;
            if (!entry.IsAbandoned)
            {
                batch.Add(entry);
                share--;
            }
        }

        return lane.Entries.Count > 0;
    }

    private async Task SendAsync(AddBatch batch)
    {
        while (batch.Jobs.Count > 0)
        {
            try
            {
                batch.IsSent = true;
                var call = _send(batch.Jobs);
                Answer(batch, await call.WaitAsync(_timeout + _timeout, _clock).ConfigureAwait(false));
                break;
            }
            catch (Exception exception)
            {
                if (!await MayRepeatAsync(batch, exception).ConfigureAwait(false))
                {
                    break;
                }
            }
        }

        lock (_gate)
        {
            _underWay.Remove(batch);
        }

        QueueTurn();
    }

    private void Answer(AddBatch batch, AddReply[] replies)
    {
        for (var index = 0; index < replies.Length; index++)
        {
            var entry = batch.Entries[index];
            var reply = replies[index];
            if (reply.Id is { } id)
            {
                entry.Waiter.Added(entry.Index, JobId.Parse(id));
            }
            else
            {
                entry.Waiter.Refused(entry.Index, AddErrors.Of(reply, _queue, entry.Job));
            }
        }
    }

    private async Task<bool> MayRepeatAsync(AddBatch batch, Exception exception)
    {
        var fault = RedisFaults.Of(exception);
        if (fault is RedisFault.NotSent or RedisFault.NotRun)
        {
            lock (_gate)
            {
                _retrying++;
                batch.IsSent = false;
            }

            await Task.Delay(RetryWait, _clock).ConfigureAwait(false);
            lock (_gate)
            {
                _retrying--;
                batch.DropAbandoned();
                batch.IsSent = true;
            }

            return true;
        }

        foreach (var entry in batch.Entries)
        {
            entry.Waiter.Refused(
                entry.Index,
                fault == RedisFault.Refused
                    ? AddErrors.Refused(_queue, entry.Job, exception)
                    : AddErrors.Unknown(_queue, entry.Job, exception));
        }

        if (exception is TimeoutException)
        {
            await _giveUpConnection().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private void EndOverdue()
    {
        lock (_gate)
        {
            if (_waitingBytes == 0 && _underWay.Count == 0)
            {
                return;
            }

            foreach (var batch in _underWay)
            {
                foreach (var entry in batch.Entries)
                {
                    if (IsOverdue(entry) && !entry.IsAbandoned)
                    {
                        entry.Waiter.Refused(
                            entry.Index,
                            batch.IsSent
                                ? AddErrors.Unknown(_queue, entry.Job, null)
                                : AddErrors.Unavailable(_queue, entry.Job, _timeout));
                    }
                }
            }

            EndOverdue(_singles);
            foreach (var lane in _bulks)
            {
                EndOverdue(lane);
            }
        }
    }

    private void EndOverdue(AddLane lane)
    {
        while (lane.Entries.TryPeek(out var entry) && IsOverdue(entry))
        {
            lane.Entries.Dequeue();
            _waitingBytes -= entry.Weight;
            entry.Waiter.Refused(entry.Index, AddErrors.Unavailable(_queue, entry.Job, _timeout));
        }
    }

    private bool IsOverdue(in AddEntry entry) => _clock.GetElapsedTime(entry.EnqueuedAt) > _timeout;
}
