using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>One producer, one inspector and one object for events per queue name, made on first use.</summary>
internal sealed class JobQueues(
    QueueRegistry registry,
    QueueScripts scripts,
    RedisConnections connections,
    JobEncoder encoder,
    AddMiddleware middleware,
    JobFetchers fetchers,
    IOptions<QueueingOptions> options,
    IOptionsMonitor<JobWorkerOptions> workers,
    QueueingTracing tracing,
    TimeProvider clock,
    ILoggerFactory? loggers = null) : IJobQueues, IDisposable
{
    private readonly ConcurrentDictionary<QueueName, Lazy<JobQueue>> _queues = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<JobQueueInspector>> _inspectors = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<JobEvents>> _events = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<JobSchedulers>> _schedulers = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<JobQueueLimits>> _limits = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<JobFetcher>> _fetchers = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<JobQueueMaintenance>> _maintenances = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<QueueMeta>> _metas = new();
    private readonly ConcurrentBag<IDisposable> _disposables = [];

    /// <summary>Shared, so that a connection is asked once.</summary>
    public HashSlots Slots { get; } = new(connections);

    public IReadOnlyList<QueueName> Names { get; } = [.. registry.Queues.Select(queue => queue.Name)];

    public IJobQueue Get(QueueName name) => Valid(name, _queues, MakeQueue);

    public IJobQueueInspector Inspect(QueueName name) => Valid(name, _inspectors, MakeInspector);

    public IJobEvents Events(QueueName name) => Valid(name, _events, MakeEvents);

    public IJobQueueMaintenance Maintain(QueueName name) => Valid(name, _maintenances, MakeMaintenance);

    public IJobFetcher Fetch(QueueName name) => Valid(name, _fetchers, MakeFetcher);

    public IJobSchedulers Schedulers(QueueName name) => Valid(name, _schedulers, MakeSchedulers);

    public IJobQueueLimits Limits(QueueName name) => Valid(name, _limits, MakeLimits);

    public QueueMeta MetaOf(QueueName name) => Valid(name, _metas, MakeMeta);

    public void Dispose()
    {
        foreach (var disposable in _disposables)
        {
            disposable.Dispose();
        }
    }

    private static T Valid<T>(QueueName name, ConcurrentDictionary<QueueName, Lazy<T>> all, Func<QueueName, T> make)
    {
        if (name.Value.Length == 0)
        {
            throw new ArgumentException("The queue name is empty; give it at least one character.", nameof(name));
        }

        return all.GetOrAdd(name, static (key, maker) => new Lazy<T>(() => maker(key)), make).Value;
    }

    private JobQueue MakeQueue(QueueName name)
    {
        var keys = scripts.KeysOf(name);
        var calls = new AddCalls(new AddJobs(scripts.Runner, keys), MetaOf(name), keys, connections, Slots);
        var coalescer = new AddCoalescer(name, calls, options.Value.AddTimeout, clock);
        _disposables.Add(coalescer);
        return new JobQueue(name, coalescer, encoder, middleware.Pipeline, tracing);
    }

    private JobQueueInspector MakeInspector(QueueName name) => new(
        scripts.KeysOf(name),
        scripts.Runner,
        connections,
        MetaOf(name),
        new DataMask(registry.Find(name)?.MaskedMembers ?? []),
        Retention.Of(workers.Get(name.Value).RemoveOnFail ?? options.Value.RemoveOnFail),
        clock);

    private JobQueueMaintenance MakeMaintenance(QueueName name) =>
        new(scripts.KeysOf(name), scripts.Runner, new RedisCalls(name, connections, clock), Inspect(name), clock);

    private JobEvents MakeEvents(QueueName name)
    {
        var events = new JobEvents(
            scripts.KeysOf(name),
            scripts.Runner,
            connections,
            MetaOf(name),
            clock,
            (loggers ?? NullLoggerFactory.Instance).CreateLogger("Jamail.Queueing.Events"));
        _disposables.Add(events);
        return events;
    }

    private JobSchedulers MakeSchedulers(QueueName name) => new(
        scripts.KeysOf(name),
        scripts.Runner,
        connections,
        MetaOf(name),
        new DataMask(registry.Find(name)?.MaskedMembers ?? []),
        clock);

    private JobQueueLimits MakeLimits(QueueName name) => new(scripts.KeysOf(name), scripts.Runner, connections, MetaOf(name), clock);

    private JobFetcher MakeFetcher(QueueName name)
    {
        var fetcher = fetchers.Make(name, MetaOf(name));
        _disposables.Add(fetcher);
        return fetcher;
    }

    private QueueMeta MakeMeta(QueueName name) =>
        new(connections, scripts.KeysOf(name), options.Value.MaxEvents, clock);
}
