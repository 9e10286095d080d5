using System.Diagnostics.Metrics;

namespace Jamail.Queueing;

/// <summary>What is measured where it happens. While nobody listens nothing is computed and nothing allocated.</summary>
internal sealed class QueueingMetrics
{
    private readonly TimeProvider _clock;
    private readonly Histogram<double> _waitTime;
    private readonly Histogram<double> _runTime;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _stalled;
    private readonly Counter<long> _locksLost;
    private readonly Histogram<long> _groupSize;
    private readonly Histogram<double> _roundTrip;
    private long _underWay;

    public QueueingMetrics(TimeProvider clock, IMeterFactory? meters = null)
    {
        _clock = clock;
        Meter = meters?.Create(QueueingTelemetry.MeterName) ?? new Meter(QueueingTelemetry.MeterName);
        _waitTime = Meter.CreateHistogram<double>(
            QueueingTelemetry.WaitTime, "s", "From the time a job was to run until it first started.");
        _runTime = Meter.CreateHistogram<double>(QueueingTelemetry.RunTime, "s", "How long an attempt of a job ran.");
        _retries = Meter.CreateCounter<long>(QueueingTelemetry.Retries, "{attempt}", "Failed attempts that are followed by another.");
        _stalled = Meter.CreateCounter<long>(QueueingTelemetry.Stalled, "{job}", "Jobs that had lost their worker.");
        _locksLost = Meter.CreateCounter<long>(QueueingTelemetry.LocksLost, "{job}", "Jobs that lost their lock while they ran.");
        _groupSize = Meter.CreateHistogram<long>(QueueingTelemetry.GroupSize, "{job}", "Jobs added or settled by one call.");
        _roundTrip = Meter.CreateHistogram<double>(QueueingTelemetry.RoundTrip, "s", "Time of a call to Redis.");
        Meter.CreateObservableGauge(
            QueueingTelemetry.CallsUnderWay, () => Interlocked.Read(ref _underWay), "{call}", "Calls to Redis under way.");
    }

    /// <summary>For gauges that look at something.</summary>
    public Meter Meter { get; }

    public void Started(RunningJob job, string queue)
    {
        var stored = job.Stored;
        if (_waitTime.Enabled && stored.AttemptsStarted <= 1)
        {
            var wait = _clock.GetUtcNow().ToUnixTimeMilliseconds() - stored.Timestamp - job.Options.DelayMs;
            _waitTime.Record(Math.Max(0, wait) / 1000.0, Queue(queue), Job(stored));
        }
    }

    public void Ran(RunningJob job, string queue, Settlement settlement, TimeSpan took)
    {
        if (settlement is { Kind: SettlementKind.Retried or SettlementKind.Delayed, CountsAttempt: true })
        {
            _retries.Add(1, Queue(queue), Job(job.Stored));
        }

        if (_runTime.Enabled)
        {
            _runTime.Record(
                took.TotalSeconds,
                Queue(queue),
                Job(job.Stored),
                new(QueueingTelemetry.OutcomeTag, OutcomeName.Of(job, settlement)));
        }
    }

    public void JobsStalled(QueueName queue, int count)
    {
        if (count > 0)
        {
            _stalled.Add(count, Queue(queue.Value));
        }
    }

    public void LockLost(QueueName queue) => _locksLost.Add(1, Queue(queue.Value));

    public void GroupSent(QueueName queue, string script, int jobs)
    {
        if (jobs > 0)
        {
            _groupSize.Record(jobs, Queue(queue.Value), Script(script));
        }
    }

    /// <summary>A call leaves; its end is told with what this returns.</summary>
    public long CallBegins()
    {
        Interlocked.Increment(ref _underWay);
        return _roundTrip.Enabled ? _clock.GetTimestamp() : 0;
    }

    public void CallEnds(long began, string script)
    {
        Interlocked.Decrement(ref _underWay);
        if (began != 0)
        {
            _roundTrip.Record(_clock.GetElapsedTime(began).TotalSeconds, Script(script));
        }
    }

    private static KeyValuePair<string, object?> Queue(string queue) => new(QueueingTelemetry.QueueTag, queue);

    private static KeyValuePair<string, object?> Job(StoredJob job) => new(QueueingTelemetry.JobTag, job.Name);

    private static KeyValuePair<string, object?> Script(string script) => new(QueueingTelemetry.ScriptTag, script);
}
