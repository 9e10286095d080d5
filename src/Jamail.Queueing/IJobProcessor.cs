namespace Jamail.Queueing;

/// <summary>Works on one kind of job. Made anew, in a scope of its own, for every job.</summary>
/// <typeparam name="TPayload">What the job carries; <see cref="RawJson"/> to read the stored JSON itself.</typeparam>
public interface IJobProcessor<TPayload>
{
    /// <summary>Runs one attempt. A job may be run more than once: a host can die between the work and its completion.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">
    /// Fires when the lock is lost or nearly so, and at the end of the drain when the host stops. Returning then is
    /// always safe: the job is run again. Fires too when the job's time limit or deadline is reached
    /// (<see cref="JobOptions.TimeLimit"/>, <see cref="JobOptions.Deadline"/>); an exception then means: failed.
    /// </param>
    /// <returns>What became of the job. An exception means: failed, try again if attempts are left.</returns>
    Task<JobOutcome> ProcessAsync(Job<TPayload> job, CancellationToken cancellationToken);
}
