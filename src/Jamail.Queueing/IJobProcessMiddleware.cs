namespace Jamail.Queueing;

/// <summary>
/// Runs around the processor of every job that this host works. Made for every job in its scope; registered with
/// <see cref="QueueingBuilder.UseOnProcess{TMiddleware}"/>.
/// </summary>
public interface IJobProcessMiddleware
{
    /// <summary>Runs before and after the processor, or in its stead.</summary>
    /// <param name="job">The job with its stored payload.</param>
    /// <param name="next">The rest of the way; its exceptions are those of the processor.</param>
    /// <param name="cancellationToken">As the processor gets it.</param>
    /// <returns>What became of the job. An exception means: failed, try again if attempts are left.</returns>
    Task<JobOutcome> ProcessAsync(Job<RawJson> job, NextProcess next, CancellationToken cancellationToken);
}
