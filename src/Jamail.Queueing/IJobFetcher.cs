namespace Jamail.Queueing;

/// <summary>
/// Takes jobs of one queue by hand, for a host with a loop of its own. Safe for concurrent use. Settings are those of the
/// queue's worker (<see cref="JobWorkerOptions"/>); its concurrency is up to the caller.
/// </summary>
public interface IJobFetcher
{
    /// <summary>The queue's name.</summary>
    QueueName Name { get; }

    /// <summary>
    /// Takes the next job. It is locked for <see cref="JobWorkerOptions.LockDuration"/>: renew it, and settle it. Jobs that are
    /// to fail without being run (too many stalls, a failed child) are failed on the way.
    /// </summary>
    /// <param name="wait">How long to wait for a job when none is ready; zero does not wait.</param>
    /// <param name="cancellationToken">Stops waiting. A job that Redis has given out already comes back as stalled.</param>
    /// <returns>
    /// The job; <see langword="null"/> when none came, the queue is paused or at its limits, or a job settled as
    /// <see cref="JobOutcome.RateLimited"/> holds this fetcher.
    /// </returns>
    /// <exception cref="JobQueueException">Redis is away or did not answer.</exception>
    Task<FetchedJob?> TryFetchAsync(TimeSpan wait = default, CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings jobs back whose holder died, as workers do every <see cref="JobWorkerOptions.StalledInterval"/>: call it as often
    /// where no worker runs. A job is brought back by the second call after its lock ran out.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The jobs that went back.</returns>
    Task<IReadOnlyList<JobId>> RecoverStalledAsync(CancellationToken cancellationToken = default);
}
