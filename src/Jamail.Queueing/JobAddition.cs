namespace Jamail.Queueing;

/// <summary>A job on its way to a queue, as <see cref="IJobAddMiddleware"/> sees it. Change it with <c>with</c> and hand the copy on.</summary>
public sealed record JobAddition
{
    internal JobAddition(QueueName queue, string name, object? payload, Type payloadType, JobOptions? options)
    {
        Queue = queue;
        Name = name;
        Payload = payload;
        PayloadType = payloadType;
        Options = options;
    }

    /// <summary>The queue it goes to.</summary>
    public QueueName Queue { get; }

    /// <summary>The kind of job.</summary>
    public string Name { get; init; }

    /// <summary>What the job carries: as the caller gave it, before it is made JSON.</summary>
    public object? Payload { get; init; }

    /// <summary>How to run it; <see langword="null"/> takes the queue's defaults.</summary>
    public JobOptions? Options { get; init; }

    /// <summary>As what type the payload is stored, while it is one.</summary>
    internal Type PayloadType { get; }
}
