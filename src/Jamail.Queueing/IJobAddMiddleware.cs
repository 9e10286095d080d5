namespace Jamail.Queueing;

/// <summary>
/// Runs around every add of this host: single ones, bulks job by job, flows job by job. One object for the host, safe for
/// concurrent use; registered with <see cref="QueueingBuilder.UseOnAdd{TMiddleware}"/>.
/// </summary>
public interface IJobAddMiddleware
{
    /// <summary>Looks at a job, may change it, and hands it on.</summary>
    /// <param name="job">The job.</param>
    /// <param name="next">
    /// The rest of the way. Not calling it adds nothing, and the id returned is what the caller gets; the jobs of a flow must be
    /// handed on. In a bulk or a flow it ends when all of its jobs are added, and a second call gets the same answer.
    /// </param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>The job's id.</returns>
    Task<JobId> AddAsync(JobAddition job, NextAdd next, CancellationToken cancellationToken);
}
