using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Every key of one queue, built once.</summary>
internal sealed class QueueKeys
{
    public QueueKeys(string prefix, QueueName queue)
    {
        Prefix = prefix;
        Queue = queue;
        Name = $"{prefix}:{queue}";
        Base = Name + ":";
        Wait = Base + "wait";
        Paused = Base + "paused";
        Active = Base + "active";
        Prioritized = Base + "prioritized";
        Delayed = Base + "delayed";
        WaitingChildren = Base + "waiting-children";
        Completed = Base + "completed";
        Failed = Base + "failed";
        Meta = Base + "meta";
        Id = Base + "id";
        Events = Base + "events";
        Marker = Base + "marker";
        PriorityCounter = Base + "pc";
        Limiter = Base + "limiter";
        Stalled = Base + "stalled";
        StalledCheck = Base + "stalled-check";
        Repeat = Base + "repeat";
        MetricsCompleted = Base + "metrics:completed";
        MetricsFailed = Base + "metrics:failed";
        Cancelled = Own("cancelled");
    }

    /// <summary>First part of every key.</summary>
    public string Prefix { get; }

    public QueueName Queue { get; }

    /// <summary>The queue's name with its prefix, as children store it.</summary>
    public string Name { get; }

    /// <summary>What every key begins with; ends with ':'.</summary>
    public string Base { get; }

    public RedisKey Wait { get; }

    public RedisKey Paused { get; }

    public RedisKey Active { get; }

    public RedisKey Prioritized { get; }

    public RedisKey Delayed { get; }

    public RedisKey WaitingChildren { get; }

    public RedisKey Completed { get; }

    public RedisKey Failed { get; }

    public RedisKey Meta { get; }

    public RedisKey Id { get; }

    public RedisKey Events { get; }

    public RedisKey Marker { get; }

    public RedisKey PriorityCounter { get; }

    public RedisKey Limiter { get; }

    public RedisKey Stalled { get; }

    public RedisKey StalledCheck { get; }

    public RedisKey Repeat { get; }

    public RedisKey MetricsCompleted { get; }

    public RedisKey MetricsFailed { get; }

    /// <summary>A key of our own, where maintenance of other clients does not act on it.</summary>
    public RedisKey Own(string name) => OwnKeys.Of(Prefix, Queue, name);

    /// <summary>Which job counts for a deduplication id.</summary>
    public RedisKey Deduplication(string id) => Base + "de:" + id;

    /// <summary>Hash of running jobs that are to stop: id to what is wanted and why. Our own.</summary>
    public RedisKey Cancelled { get; }

    public RedisKey Job(string id) => Base + id;

    public RedisKey Lock(string id) => Base + id + ":lock";

    public RedisKey Logs(string id) => Base + id + ":logs";

    /// <summary>The unfinished children of a job: a set of their keys.</summary>
    public RedisKey Dependencies(string id) => Base + id + ":dependencies";

    /// <summary>Its completed children: a hash of their keys and results.</summary>
    public RedisKey Processed(string id) => Base + id + ":processed";

    /// <summary>Its children whose failure does not count: a hash of their keys and reasons.</summary>
    public RedisKey IgnoredChildren(string id) => Base + id + ":failed";

    /// <summary>Its children whose failure fails it: a sorted set of their keys.</summary>
    public RedisKey FailedChildren(string id) => Base + id + ":unsuccessful";
}
