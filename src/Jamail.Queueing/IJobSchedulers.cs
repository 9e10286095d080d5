namespace Jamail.Queueing;

/// <summary>
/// The schedulers of one queue: each makes its next job as soon as a worker, ours or Node's, has taken the one before. Safe for
/// concurrent use, also from many hosts that all upsert at their start.
/// </summary>
public interface IJobSchedulers
{
    /// <summary>The queue.</summary>
    QueueName Queue { get; }

    /// <summary>
    /// Makes a scheduler, or changes the one with this id: its waiting job is replaced, a running one goes on. The same
    /// again leaves one scheduler with one next job.
    /// </summary>
    /// <typeparam name="TPayload">What its jobs carry; <see cref="RawJson"/> for ready-made JSON.</typeparam>
    /// <param name="id">The host's own name for it; not empty, no ':'.</param>
    /// <param name="schedule">When its jobs run.</param>
    /// <param name="name">The kind of its jobs; the worker chooses its processor by this.</param>
    /// <param name="payload">Stored with every job as UTF-8 JSON.</param>
    /// <param name="options">
    /// How its jobs run; <see langword="null"/> takes the queue's defaults. Id, delay, time and deduplication are the
    /// scheduler's and must not be given.
    /// </param>
    /// <param name="cancellationToken">Stops waiting. The scheduler may still be made.</param>
    /// <returns>Its next job.</returns>
    /// <exception cref="ArgumentException">The id, schedule or an option breaks a rule; nothing was sent.</exception>
    /// <exception cref="JobQueueException">
    /// <see cref="JobQueueError.SchedulerCollision"/> or <see cref="JobQueueError.SchedulerBusy"/>: the next job's id is taken
    /// by another job.
    /// </exception>
    Task<NextRun> UpsertAsync<TPayload>(
        string id,
        JobSchedule schedule,
        string name,
        TPayload payload,
        JobOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a scheduler.</summary>
    /// <param name="id">The scheduler.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The scheduler; <see langword="null"/> when there is none with this id.</returns>
    Task<JobScheduler?> TryGetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reads schedulers, the one with the earliest next job first.</summary>
    /// <param name="cursor"><see cref="Page{T}.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page. Schedulers that move on between two pages may be seen twice or not at all.</returns>
    Task<Page<JobScheduler>> ListAsync(
        string? cursor = null, int pageSize = 50, CancellationToken cancellationToken = default);

    /// <summary>Counts the schedulers.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many there are, ended ones included.</returns>
    Task<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes a scheduler and its next job if that is delayed; one that waits or runs is left alone.</summary>
    /// <param name="id">The scheduler.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when there is none with this id.</returns>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken = default);
}
