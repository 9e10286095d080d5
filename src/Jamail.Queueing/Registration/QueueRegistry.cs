namespace Jamail.Queueing;

/// <summary>The queues the host was told of, in that order. Complete before the host is built.</summary>
internal sealed class QueueRegistry
{
    private readonly List<QueueRegistration> _queues = [];

    public IReadOnlyList<QueueRegistration> Queues => _queues;

    /// <summary>Outermost first.</summary>
    public List<Type> AddMiddleware { get; } = [];

    /// <summary>Outermost first.</summary>
    public List<Type> ProcessMiddleware { get; } = [];

    public bool WithoutWorkers { get; set; }

    public QueueRegistration? Find(QueueName name) => _queues.Find(queue => queue.Name == name);

    public QueueRegistration Add(QueueName name)
    {
        var queue = new QueueRegistration(name);
        _queues.Add(queue);
        return queue;
    }
}
