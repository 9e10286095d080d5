namespace Jamail.Queueing;

/// <summary>All waits for jobs of one queue: one reader of the event stream, which rests while nobody waits.</summary>
internal sealed class FinishWaits(EventStream stream, FinishedJobs finished, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, List<TaskCompletionSource<JobEnd>>> _waits = [];
    private readonly CancellationTokenSource _stopping = new();
    private Task? _reading;

    public async Task<JobEnd> WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        // Subscribe first, then look: what ends after this position is told, and what ended before it is found.
        var position = await finished.NewestPositionAsync(cancellationToken).ConfigureAwait(false);
        var wait = Subscribe(id, position);
        try
        {
            return await finished.FindAsync(id, cancellationToken).ConfigureAwait(false)
                ?? await wait.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Unsubscribe(id, wait);
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        stream.Dispose();
        foreach (var id in Waiting())
        {
            foreach (var wait in Of(id))
            {
                wait.TrySetCanceled(CancellationToken.None);
            }
        }
    }

    private TaskCompletionSource<JobEnd> Subscribe(JobId id, string position)
    {
        var wait = new TaskCompletionSource<JobEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            if (!_waits.TryGetValue(id, out var waits))
            {
                _waits[id] = waits = [];
            }

            waits.Add(wait);

            // A reader under way is at this position or before it.
            if (_reading is null or { IsCompleted: true })
            {
                _reading = Task.Run(() => ReadAsync(position));
            }
        }

        return wait;
    }

    private void Unsubscribe(JobId id, TaskCompletionSource<JobEnd> wait)
    {
        lock (_gate)
        {
            if (_waits.TryGetValue(id, out var waits) && waits.Remove(wait) && waits.Count == 0)
            {
                _waits.Remove(id);
            }
        }
    }

    private async Task ReadAsync(string position)
    {
        var lookedAt = clock.GetTimestamp();
        while (!IsResting())
        {
            var batch = await stream.ReadAsync(position, _stopping.Token).ConfigureAwait(false);
            position = batch.Position;
            foreach (var happened in batch.Events)
            {
                Tell(happened);
            }

            // Not every end is told: a queue may be obliterated, and events may be trimmed before they are read.
            if (batch.HasGap || clock.GetElapsedTime(lookedAt) > LookInterval)
            {
                await LookAsync().ConfigureAwait(false);
                lookedAt = clock.GetTimestamp();
            }
        }
    }

    private bool IsResting()
    {
        lock (_gate)
        {
            if (_waits.Count == 0)
            {
                _reading = null;
                return true;
            }

            return false;
        }
    }

    private void Tell(JobEvent happened)
    {
        switch (happened)
        {
            case JobEvent.Completed done:
                End(done.Id, new JobEnd(done.Id, JobState.Completed, done.ReturnValue, null));
                break;
            case JobEvent.Failed failed:
                End(failed.Id, new JobEnd(failed.Id, JobState.Failed, null, failed.Reason));
                break;
            case JobEvent.Removed removed:
                Refuse(removed.Id, finished.Missing(removed.Id));
                break;
        }
    }

    private async Task LookAsync()
    {
        foreach (var id in Waiting())
        {
            try
            {
                if (await finished.FindAsync(id, _stopping.Token).ConfigureAwait(false) is { } end)
                {
                    End(id, end);
                }
            }
            catch (JobQueueException exception) when (exception.Error == JobQueueError.JobNotFound)
            {
                Refuse(id, exception);
            }
            catch (JobQueueException)
            {
                // Redis is away; the next look finds it.
                return;
            }
        }
    }

    private void End(JobId id, JobEnd end)
    {
        foreach (var wait in Of(id))
        {
            wait.TrySetResult(end);
        }
    }

    private void Refuse(JobId id, JobQueueException why)
    {
        foreach (var wait in Of(id))
        {
            wait.TrySetException(why);
        }
    }

    private TaskCompletionSource<JobEnd>[] Of(JobId id)
    {
        lock (_gate)
        {
            return _waits.TryGetValue(id, out var waits) ? [.. waits] : [];
        }
    }

    private JobId[] Waiting()
    {
        lock (_gate)
        {
            return [.. _waits.Keys];
        }
    }
}
