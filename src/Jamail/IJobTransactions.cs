using System.Data.Common;
using Jamail.Queueing;

namespace Jamail;

/// <summary>
/// Ties jobs to transactions on the database of <c>Jamail:Database</c>: a job that is added if the transaction is committed,
/// and steps of a job that take effect once. Registered by <see cref="JamailBuilder.UseJobTransactions"/>.
/// </summary>
public interface IJobTransactions
{
    /// <summary>
    /// Adds a job with a transaction of the caller's: after the commit it is added to its queue, whatever dies in between; after
    /// a roll-back it never is. A queue that loses its memory gets unfinished jobs again.
    /// </summary>
    /// <typeparam name="TPayload">What the job carries; <see cref="RawJson"/> for ready-made JSON.</typeparam>
    /// <param name="transaction">Open, on the database of Jamail.</param>
    /// <param name="queue">The queue it goes to.</param>
    /// <param name="name">The kind of job; the worker chooses its processor by this.</param>
    /// <param name="payload">Stored with the job as UTF-8 JSON.</param>
    /// <param name="options">How to run it; a delay counts from now. Without an id of its own the job gets a unique one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The job's id, when its row is written.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the transaction is on another database.</exception>
    Task<JobId> AddAsync<TPayload>(
        DbTransaction transaction,
        QueueName queue,
        string name,
        TPayload payload,
        JobOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs a step of a job once: what it writes in the transaction it is given is committed together with the note that it is
    /// done. When the job runs again, or in two places, the step is skipped.
    /// </summary>
    /// <typeparam name="TPayload">What the job carries.</typeparam>
    /// <param name="job">The job that runs.</param>
    /// <param name="step">Names the step within the job; not empty.</param>
    /// <param name="work">
    /// Writes over the transaction's connection, and neither commits nor rolls back. An exception undoes it and the note. It may
    /// be run again from its start after a deadlock. On SQLite other writers wait for it.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when the step was done before.</returns>
    /// <exception cref="StoreUnavailableException">The database is away.</exception>
    Task<bool> RunOnceAsync<TPayload>(
        Job<TPayload> job,
        string step,
        Func<DbTransaction, CancellationToken, Task> work,
        CancellationToken cancellationToken = default);

    /// <summary>Runs a step of a job once, and gives its result each time.</summary>
    /// <typeparam name="TPayload">What the job carries.</typeparam>
    /// <typeparam name="TResult">What the step finds out; stored as JSON for 30 days.</typeparam>
    /// <param name="job">The job that runs.</param>
    /// <param name="step">Names the step within the job; not empty.</param>
    /// <param name="work">As for a step without a result.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The result of the run that took effect.</returns>
    /// <exception cref="StoreUnavailableException">The database is away.</exception>
    Task<TResult> RunOnceAsync<TPayload, TResult>(
        Job<TPayload> job,
        string step,
        Func<DbTransaction, CancellationToken, Task<TResult>> work,
        CancellationToken cancellationToken = default);
}
