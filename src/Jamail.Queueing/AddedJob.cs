namespace Jamail.Queueing;

/// <summary>What became of one job of a bulk add: an id or an error, never both.</summary>
/// <param name="Id">The job's id; <see langword="null"/> when it was refused.</param>
/// <param name="Error">Why it was refused; <see langword="null"/> when it was added.</param>
public sealed record AddedJob(JobId? Id, JobQueueException? Error);
