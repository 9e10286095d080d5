namespace Jamail.Queueing;

/// <summary>
/// What one queue allows all its workers together, those of Node included. Stored with the queue; a change takes effect with
/// the next job that is taken.
/// </summary>
public interface IJobQueueLimits
{
    /// <summary>The queue.</summary>
    QueueName Queue { get; }

    /// <summary>Reads how many jobs may run at the same time.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The number; <see langword="null"/> when there is no limit.</returns>
    Task<int?> GetConcurrencyAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets how many jobs may run at the same time; those that run go on.</summary>
    /// <param name="jobs">1 or more; <see langword="null"/> takes the limit away.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When Redis holds it.</returns>
    /// <exception cref="ArgumentException">The number breaks the rule; nothing was sent.</exception>
    Task SetConcurrencyAsync(int? jobs, CancellationToken cancellationToken = default);

    /// <summary>Tells whether as many jobs run as are allowed.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="true"/> when no further job is given out for that.</returns>
    Task<bool> IsAtConcurrencyAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads how many jobs may be started in a time.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The limit; <see langword="null"/> when there is none.</returns>
    Task<RateLimit?> GetRateLimitAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets how many jobs may be started in a time. The number holds for all workers; a worker with a
    /// <see cref="JobWorkerOptions.RateLimit"/> of its own keeps its own window.
    /// </summary>
    /// <param name="limit">The limit; <see langword="null"/> takes it away.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When Redis holds it.</returns>
    /// <exception cref="ArgumentException">The limit breaks a rule; nothing was sent.</exception>
    Task SetRateLimitAsync(RateLimit? limit, CancellationToken cancellationToken = default);

    /// <summary>Reads for how long the rate limit holds jobs back from now.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The time; zero when jobs are given out.</returns>
    Task<TimeSpan> GetHoldAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Holds all jobs back for a time, as <see cref="JobOutcome.RateLimited"/> does. It binds workers that have a rate limit:
    /// their own, or the queue's.
    /// </summary>
    /// <param name="time">More than zero; whole milliseconds on the wire.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When Redis holds it.</returns>
    /// <exception cref="ArgumentException">The time breaks the rule; nothing was sent.</exception>
    Task HoldAsync(TimeSpan time, CancellationToken cancellationToken = default);

    /// <summary>Ends a hold and begins a new window: jobs are given out again.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is done.</returns>
    Task ReleaseAsync(CancellationToken cancellationToken = default);
}
