namespace Jamail.Queueing;

/// <summary>The rest of the way to Redis.</summary>
/// <param name="job">The job as it is to be added.</param>
/// <param name="cancellationToken">Stops waiting.</param>
/// <returns>The job's id, when Redis holds it.</returns>
public delegate Task<JobId> NextAdd(JobAddition job, CancellationToken cancellationToken);
