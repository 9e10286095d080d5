namespace Jamail.Queueing;

/// <summary>Under which terms finishJobs takes jobs.</summary>
/// <param name="Token">Goes into the lock of every job taken by the call.</param>
/// <param name="LockDurationMs">How long the locks last.</param>
/// <param name="WorkerName">Stored with the job as processedBy; null for none.</param>
/// <param name="LimiterMax">The worker's own rate limit, jobs; null for none.</param>
/// <param name="LimiterDurationMs">The window of the worker's own rate limit.</param>
/// <param name="MaxMetricsSize">Data points kept of the queue's metrics; null collects none.</param>
internal sealed record FetchTerms(
    string Token,
    long LockDurationMs,
    string? WorkerName = null,
    int? LimiterMax = null,
    long? LimiterDurationMs = null,
    int? MaxMetricsSize = null);
