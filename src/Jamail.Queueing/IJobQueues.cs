namespace Jamail.Queueing;

/// <summary>The way to a queue that is not injected by key.</summary>
public interface IJobQueues
{
    /// <summary>The queues this host was told of with <c>AddQueue</c>, in that order.</summary>
    IReadOnlyList<QueueName> Names { get; }

    /// <summary>The producer of a queue; the same object for the same name.</summary>
    /// <param name="name">Any queue, known to this host or not.</param>
    /// <returns>The producer.</returns>
    IJobQueue Get(QueueName name);

    /// <summary>The inspector of a queue; the same object for the same name.</summary>
    /// <param name="name">Any queue, known to this host or not.</param>
    /// <returns>The inspector.</returns>
    IJobQueueInspector Inspect(QueueName name);

    /// <summary>The events of a queue; the same object for the same name.</summary>
    /// <param name="name">Any queue, known to this host or not.</param>
    /// <returns>The events.</returns>
    IJobEvents Events(QueueName name);

    /// <summary>The schedulers of a queue; the same object for the same name.</summary>
    /// <param name="name">Any queue, known to this host or not.</param>
    /// <returns>The schedulers.</returns>
    IJobSchedulers Schedulers(QueueName name);

    /// <summary>The limits of a queue; the same object for the same name.</summary>
    /// <param name="name">Any queue, known to this host or not.</param>
    /// <returns>The limits.</returns>
    IJobQueueLimits Limits(QueueName name);

    /// <summary>What operators do to the jobs of a queue; the same object for the same name.</summary>
    /// <param name="name">Any queue, known to this host or not.</param>
    /// <returns>The maintenance.</returns>
    IJobQueueMaintenance Maintain(QueueName name);

    /// <summary>Takes the jobs of a queue by hand; the same object for the same name.</summary>
    /// <param name="name">Any queue, known to this host or not.</param>
    /// <returns>The fetcher.</returns>
    IJobFetcher Fetch(QueueName name);
}
