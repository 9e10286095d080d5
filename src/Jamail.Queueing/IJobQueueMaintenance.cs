namespace Jamail.Queueing;

/// <summary>What operators do to many jobs of one queue at once. Large queues are worked in slices, so that Redis serves others meanwhile.</summary>
public interface IJobQueueMaintenance
{
    /// <summary>The queue's name.</summary>
    QueueName Name { get; }

    /// <summary>
    /// Removes old jobs of one state. Those being processed and the next runs of schedulers stay. A parent of the same queue that
    /// waited for nothing but removed jobs is removed with them; one in another queue goes on.
    /// </summary>
    /// <param name="state">Any state but <see cref="JobState.WaitingChildren"/> and <see cref="JobState.Unknown"/>.</param>
    /// <param name="olderThan">Measured from the end of a job, else from its last start, else from its creation; zero or more.</param>
    /// <param name="limit">How many at most, oldest first; 1 or more.</param>
    /// <param name="cancellationToken">Stops between slices; what is removed is removed.</param>
    /// <returns>The jobs removed.</returns>
    Task<IReadOnlyList<JobId>> CleanAsync(
        JobState state, TimeSpan olderThan, int limit = 10_000, CancellationToken cancellationToken = default);

    /// <summary>Removes all jobs that are ready to run. The next runs of schedulers stay.</summary>
    /// <param name="withDelayed">Delayed jobs too.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When they are gone.</returns>
    Task DrainAsync(bool withDelayed = false, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the queue with everything that belongs to it: jobs of every state, schedulers, limits, deduplication keys, events,
    /// metrics and settings. Children in other queues stay. Nobody should be adding meanwhile.
    /// </summary>
    /// <param name="withActive">Jobs being processed too; otherwise a queue that has any is refused and left as it is.</param>
    /// <param name="cancellationToken">Stops between slices; what is removed is removed, and the queue stays paused.</param>
    /// <returns>When it is gone.</returns>
    /// <exception cref="JobQueueException"><see cref="JobQueueError.InvalidState"/>: jobs are being processed.</exception>
    Task ObliterateAsync(bool withActive = false, CancellationToken cancellationToken = default);

    /// <summary>Makes all delayed jobs ready now, each with its priority.</summary>
    /// <param name="cancellationToken">Stops between slices.</param>
    /// <returns>How many.</returns>
    Task<long> PromoteAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Puts all finished jobs of one state back to run again, each with its priority. A parent among them whose child runs again waits for it.</summary>
    /// <param name="state"><see cref="JobState.Failed"/> or <see cref="JobState.Completed"/>; jobs that finish after the call began stay.</param>
    /// <param name="resetAttempts">They have all their attempts again; otherwise each has one more.</param>
    /// <param name="cancellationToken">Stops between slices.</param>
    /// <returns>How many.</returns>
    Task<long> RetryAllAsync(
        JobState state = JobState.Failed, bool resetAttempts = false, CancellationToken cancellationToken = default);

    /// <summary>Shortens the event stream to about its newest entries.</summary>
    /// <param name="length">How many stay, about; zero or more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many were removed.</returns>
    Task<long> TrimEventsAsync(int length, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes what no list or set of the queue holds any more: hashes of jobs nobody will ever run, and logs and results
    /// of jobs that are gone. Looks at every key of Redis, so it is for quiet hours.
    /// </summary>
    /// <param name="cancellationToken">Stops between slices.</param>
    /// <returns>How many jobs.</returns>
    Task<long> RemoveOrphansAsync(CancellationToken cancellationToken = default);
}
