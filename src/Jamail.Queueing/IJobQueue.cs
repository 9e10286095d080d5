namespace Jamail.Queueing;

/// <summary>All a producer needs of one queue. Safe for concurrent use; concurrent adds share round trips.</summary>
public interface IJobQueue
{
    /// <summary>The queue's name.</summary>
    QueueName Name { get; }

    /// <summary>Adds a job. When the task completes, Redis holds the job.</summary>
    /// <typeparam name="TPayload">What the job carries; <see cref="RawJson"/> for ready-made JSON.</typeparam>
    /// <param name="name">The kind of job; the worker chooses its processor by this.</param>
    /// <param name="payload">Stored with the job as UTF-8 JSON.</param>
    /// <param name="options">How to run it; <see langword="null"/> takes the queue's defaults.</param>
    /// <param name="cancellationToken">Stops waiting. A job already sent may still be added.</param>
    /// <returns>The job's id, as every BullMQ client shows it.</returns>
    /// <exception cref="ArgumentException">An option is out of its range; nothing was sent.</exception>
    /// <exception cref="JobQueueException">Redis refused it; <see cref="JobQueueException.Error"/> says why.</exception>
    Task<JobId> AddAsync<TPayload>(
        string name,
        TPayload payload,
        JobOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Adds many jobs in few round trips. One refused job does not keep the others out.</summary>
    /// <typeparam name="TPayload">What the jobs carry; <see cref="RawJson"/> for ready-made JSON.</typeparam>
    /// <param name="jobs">The jobs, added in this order.</param>
    /// <param name="cancellationToken">Stops waiting. Jobs already sent may still be added.</param>
    /// <returns>One result for each job, in the same order.</returns>
    /// <exception cref="ArgumentException">An option of any job is out of its range; nothing was sent.</exception>
    Task<IReadOnlyList<AddedJob>> AddManyAsync<TPayload>(
        IEnumerable<NewJob<TPayload>> jobs,
        CancellationToken cancellationToken = default);
}
