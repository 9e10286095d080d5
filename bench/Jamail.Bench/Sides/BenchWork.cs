using System.Diagnostics;

namespace Jamail.Bench;

/// <summary>What the processors of a run do, and how often they did.</summary>
internal sealed class BenchWork(int expectedRuns, TimeSpan wait, int failures)
{
    private readonly TaskCompletionSource _allRun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;
    private TaskCompletionSource<long>? _nextStart;

    public int Runs => Volatile.Read(ref _runs);

    public TimeSpan Wait { get; } = wait;

    public int Failures { get; } = failures;

    /// <summary>When as many attempts have been made as the jobs need.</summary>
    public Task AllRun => _allRun.Task;

    /// <summary>The moment, in ticks of the stopwatch, when the next job starts.</summary>
    public Task<long> NextStart()
    {
        _nextStart = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _nextStart.Task;
    }

    public void Started()
    {
        _nextStart?.TrySetResult(Stopwatch.GetTimestamp());
        if (Interlocked.Increment(ref _runs) == expectedRuns)
        {
            _allRun.TrySetResult();
        }
    }
}
