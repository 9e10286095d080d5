namespace Jamail.Queueing;

/// <summary>One caller of AddManyAsync.</summary>
internal sealed class BulkAdd(int count) : IAddWaiter
{
    private readonly AddedJob?[] _results = new AddedJob?[count];
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = count;
    private volatile bool _isAbandoned;

    public bool IsAbandoned(int index) => _isAbandoned || _results[index] is not null;

    /// <summary>Jobs without an answer.</summary>
    public int Open => Volatile.Read(ref _open);

    public void Added(int index, JobId id) => Set(index, new AddedJob(id, null));

    public void Refused(int index, JobQueueException error) => Set(index, new AddedJob(null, error));

    public void Abandon() => _isAbandoned = true;

    /// <summary>Waits until no more than this many jobs are without an answer.</summary>
    public async Task WaitUntilOpenAsync(int open, CancellationToken cancellationToken)
    {
        while (Open > open)
        {
            var progress = Volatile.Read(ref _progress);
            if (Open > open)
            {
                await progress.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>All results; only when none is open.</summary>
    public IReadOnlyList<AddedJob> Results() => Array.ConvertAll(_results, result => result!);

    private void Set(int index, AddedJob result)
    {
        if (Interlocked.CompareExchange(ref _results[index], result, null) is null)
        {
            var open = Interlocked.Decrement(ref _open);
            if (open % 64 == 0)
            {
                Interlocked.Exchange(ref _progress, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            }
        }
    }
}
