namespace Jamail.Queueing;

/// <summary>A job hash as it was read. Numbers are read leniently: Node stores what JavaScript had.</summary>
internal sealed class StoredJob
{
    public required string Id { get; set; }

    /// <summary>Null when the hash has no name: an orphan, never to be run.</summary>
    public string? Name { get; set; }

    public byte[]? Data { get; set; }

    public byte[]? Options { get; set; }

    public long Timestamp { get; set; }

    public long DelayMs { get; set; }

    public int Priority { get; set; }

    public int AttemptsMade { get; set; }

    public int AttemptsStarted { get; set; }

    public int StalledCount { get; set; }

    public long ProcessedOn { get; set; }

    public long FinishedOn { get; set; }

    public string? ProcessedBy { get; set; }

    /// <summary>When set, the job is to be failed with this reason and not to be run.</summary>
    public string? DeferredFailure { get; set; }

    public string? FailedReason { get; set; }

    public string? ReturnValue { get; set; }

    public string? StackTraceJson { get; set; }

    public string? ProgressJson { get; set; }

    public string? ParentKey { get; set; }

    public string? RepeatJobKey { get; set; }
}
