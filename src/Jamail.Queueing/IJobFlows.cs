namespace Jamail.Queueing;

/// <summary>Adds and reads flows: jobs that wait for other jobs, in any queues of one Redis. Safe for concurrent use.</summary>
public interface IJobFlows
{
    /// <summary>Adds a flow: all of its jobs in one step, or none.</summary>
    /// <param name="flow">The job at the top, with its children; at most 5,000 jobs in all.</param>
    /// <param name="cancellationToken">Stops waiting. A flow already sent may still be added.</param>
    /// <returns>The jobs added, in the shape of the flow.</returns>
    /// <exception cref="ArgumentException">Something in the flow is out of its range; nothing was sent.</exception>
    /// <exception cref="JobQueueException">
    /// Redis refused it, and nothing was added: <see cref="JobQueueError.ParentNotFound"/>,
    /// <see cref="JobQueueError.ParentCannotBeReplaced"/>, <see cref="JobQueueError.SlotsDiffer"/>. With <see cref="JobQueueError.Unknown"/> the job
    /// <see cref="JobQueueException.JobId"/> tells: the flow was added if it exists.
    /// </exception>
    Task<AddedFlow> AddAsync(FlowJob flow, CancellationToken cancellationToken = default);

    /// <summary>Adds many flows in few round trips. One refused flow does not keep the others out.</summary>
    /// <param name="flows">The flows, added in this order.</param>
    /// <param name="cancellationToken">Stops waiting. Flows already sent may still be added.</param>
    /// <returns>One result for each flow, in the same order.</returns>
    /// <exception cref="ArgumentException">Something in any of the flows is out of its range; nothing was sent.</exception>
    Task<IReadOnlyList<FlowResult>> AddManyAsync(IEnumerable<FlowJob> flows, CancellationToken cancellationToken = default);

    /// <summary>Reads a job with its children and theirs.</summary>
    /// <param name="queue">The queue of the job at the top.</param>
    /// <param name="id">The job at the top.</param>
    /// <param name="depth">How many generations, 1 to 20; 1 is the job alone.</param>
    /// <param name="maxChildren">How many children of each job, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The tree; <see langword="null"/> when there is no such job.</returns>
    Task<FlowTree?> TryReadAsync(
        QueueName queue, JobId id, int depth = 10, int maxChildren = 20, CancellationToken cancellationToken = default);

    /// <summary>The children of a job.</summary>
    /// <param name="queue">The job's queue.</param>
    /// <param name="id">The job; it need not exist.</param>
    /// <returns>Its children.</returns>
    IJobChildren ChildrenOf(QueueName queue, JobId id);
}
