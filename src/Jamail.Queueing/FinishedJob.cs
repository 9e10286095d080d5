namespace Jamail.Queueing;

/// <summary>A job that ended, as the queue's event stream tells it.</summary>
/// <param name="Id">The job.</param>
/// <param name="State"><see cref="JobState.Completed"/>, or <see cref="JobState.Failed"/> for good.</param>
/// <param name="FailedReason">Why it failed; <see langword="null"/> when it completed.</param>
/// <param name="At">When, by the clock of Redis.</param>
public sealed record FinishedJob(JobId Id, JobState State, string? FailedReason, DateTimeOffset At);
