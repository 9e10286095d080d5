namespace Jamail.Queueing;

/// <summary>Steers the workers of this host, and of no other. To pause a queue for everybody use <see cref="IJobQueueInspector.PauseAsync"/>.</summary>
public interface IJobWorkers
{
    /// <summary>The queues that this host works.</summary>
    IReadOnlyList<QueueName> Queues { get; }

    /// <summary>Takes no more jobs of a queue until it is resumed. Other hosts go on. Pausing again changes nothing.</summary>
    /// <param name="queue">A queue that this host works.</param>
    /// <param name="waitForRunning">Whether to wait until no job of the queue runs in this host.</param>
    /// <param name="cancellationToken">Stops waiting; the queue stays paused here.</param>
    /// <returns>When the worker is paused and, if asked for, no job runs.</returns>
    /// <exception cref="ArgumentException">This host does not work the queue.</exception>
    Task PauseAsync(QueueName queue, bool waitForRunning = true, CancellationToken cancellationToken = default);

    /// <summary>Takes jobs again.</summary>
    /// <param name="queue">A queue that this host works.</param>
    /// <exception cref="ArgumentException">This host does not work the queue.</exception>
    void Resume(QueueName queue);

    /// <summary>Tells whether this host has paused its worker of a queue.</summary>
    /// <param name="queue">A queue that this host works.</param>
    /// <returns><see langword="true"/> when paused.</returns>
    /// <exception cref="ArgumentException">This host does not work the queue.</exception>
    bool IsPaused(QueueName queue);
}
