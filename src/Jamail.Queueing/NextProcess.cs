namespace Jamail.Queueing;

/// <summary>The rest of the way to the processor.</summary>
/// <param name="job">The job as the processor is to see it; its payload may be another.</param>
/// <param name="cancellationToken">As the processor gets it.</param>
/// <returns>What became of the job.</returns>
public delegate Task<JobOutcome> NextProcess(Job<RawJson> job, CancellationToken cancellationToken);
