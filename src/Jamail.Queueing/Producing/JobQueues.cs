namespace Jamail.Queueing;

/// <summary>One producer and one inspector per queue name, made on first use.</summary>
internal sealed class JobQueues(QueueRegistry registry) : IJobQueues
{
    public IReadOnlyList<QueueName> Names { get; } = [.. registry.Queues.Select(queue => queue.Name)];

    public IJobQueue Get(QueueName name) => throw new NotSupportedException("No connection to Redis yet.");

    public IJobQueueInspector Inspect(QueueName name) => throw new NotSupportedException("No connection to Redis yet.");
}
