using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>One producer and one inspector per queue name, made on first use.</summary>
internal sealed class JobQueues(
    QueueRegistry registry,
    QueueScripts scripts,
    RedisConnections connections,
    IOptions<QueueingOptions> options,
    TimeProvider clock) : IJobQueues, IDisposable
{
    private readonly ConcurrentDictionary<QueueName, Lazy<JobQueue>> _queues = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<JobQueueInspector>> _inspectors = new();
    private readonly ConcurrentDictionary<QueueName, Lazy<QueueMeta>> _metas = new();
    private readonly ConcurrentBag<IDisposable> _disposables = [];

    public IReadOnlyList<QueueName> Names { get; } = [.. registry.Queues.Select(queue => queue.Name)];

    public IJobQueue Get(QueueName name) => Valid(name, _queues, MakeQueue);

    public IJobQueueInspector Inspect(QueueName name) => Valid(name, _inspectors, MakeInspector);

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
        var calls = new AddCalls(new AddJobs(scripts.Runner, scripts.KeysOf(name)), MetaOf(name), connections);
        var coalescer = new AddCoalescer(name, calls, options.Value.AddTimeout, clock);
        _disposables.Add(coalescer);
        return new JobQueue(name, coalescer, clock);
    }

    private JobQueueInspector MakeInspector(QueueName name) => new(
        scripts.KeysOf(name),
        scripts.Runner,
        connections,
        MetaOf(name),
        new DataMask(registry.Find(name)?.MaskedMembers ?? []),
        clock);

    private QueueMeta MakeMeta(QueueName name) =>
        new(connections, scripts.KeysOf(name), options.Value.MaxEvents, clock);
}
