namespace Jamail.Shared;

/// <param name="JobId">The job.</param>
/// <param name="FailedReason">Why it failed; null when it completed.</param>
/// <param name="At">When, Unix ms.</param>
internal sealed record FinishedJob(string JobId, string? FailedReason, long At);
