using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Jamail.Queueing;

/// <summary>
/// Looks at the queues of the host every few seconds, but only while somebody listens: how much waits, and for how long.
/// </summary>
internal sealed class QueueGauges : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly IJobQueues _queues;
    private readonly QueueScripts _scripts;
    private readonly RedisConnections _connections;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<QueueName, QueueLook> _looks = [];
    private readonly ObservableGauge<long> _depth;
    private readonly ObservableGauge<double> _oldest;

    public QueueGauges(
        IJobQueues queues,
        QueueScripts scripts,
        RedisConnections connections,
        QueueingMetrics metrics,
        JobWorkerHost workers,
        TimeProvider clock)
    {
        _queues = queues;
        _scripts = scripts;
        _connections = connections;
        _clock = clock;
        _depth = metrics.Meter.CreateObservableGauge(QueueingTelemetry.Depth, ReadDepth, "{job}", "Jobs by state.");
        _oldest = metrics.Meter.CreateObservableGauge(
            QueueingTelemetry.OldestWait,
            () => _looks.Select(look => new Measurement<double>(look.Value.OldestWait.TotalSeconds, Queue(look.Key))),
            "s",
            "How long the next job has been ready.");
        metrics.Meter.CreateObservableGauge(
            QueueingTelemetry.RenewalLateness,
            () => workers.Workers.Select(
                worker => new Measurement<double>(worker.RenewalLateness.TotalSeconds, Queue(worker.Queue))),
            "s",
            "How much later than planned locks were last renewed.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            if (!_depth.Enabled && !_oldest.Enabled)
            {
                continue;
            }

            foreach (var name in _queues.Names)
            {
                try
                {
                    _looks[name] = await QueueLook
                        .AtAsync(_connections.Database, _scripts.Runner, _scripts.KeysOf(name), _clock)
                        .WaitAsync(Patience, _clock, stoppingToken).ConfigureAwait(false);
                }
                catch (Exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // What is not known is not told. That Redis is away is logged where it is looked after.
                    _looks.TryRemove(name, out _);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private IEnumerable<Measurement<long>> ReadDepth()
    {
        foreach (var (name, look) in _looks)
        {
            yield return State(look.Counts.Waiting, "waiting");
            yield return State(look.Counts.Prioritized, "prioritized");
            yield return State(look.Counts.Delayed, "delayed");
            yield return State(look.Counts.Active, "active");
            yield return State(look.Counts.WaitingChildren, "waiting-children");

            Measurement<long> State(long count, string state) =>
                new(count, Queue(name), new KeyValuePair<string, object?>(QueueingTelemetry.StateTag, state));
        }
    }

    private static KeyValuePair<string, object?> Queue(QueueName queue) => new(QueueingTelemetry.QueueTag, queue.Value);
}
