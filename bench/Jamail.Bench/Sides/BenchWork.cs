using System.Diagnostics;

namespace Jamail.Bench;

/// <summary>What the processors of a run do, and how often they did.</summary>
internal sealed class BenchWork(int expectedRuns, TimeSpan wait, int failures)
{
    private readonly TaskCompletionSource _allRun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _skipped = expectedRuns / 20;
    private int _runs;
    private long _firstAt;
    private long _lastAt;
    private TaskCompletionSource<long>? _nextStart;

    public int Runs => Volatile.Read(ref _runs);

    public TimeSpan Wait { get; } = wait;

    public int Failures { get; } = failures;

    /// <summary>Attempts a second, those after the first twentieth; when all have been made.</summary>
    public double RunRate => (expectedRuns - _skipped) / Stopwatch.GetElapsedTime(_firstAt, _lastAt).TotalSeconds;

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
        var run = Interlocked.Increment(ref _runs);
        if (run == _skipped)
        {
            _firstAt = Stopwatch.GetTimestamp();
        }

        if (run == expectedRuns)
        {
            _lastAt = Stopwatch.GetTimestamp();
            _allRun.TrySetResult();
        }
    }
}
