namespace Jamail.Queueing;

/// <summary>A job as it is stored, for people and tools to look at. Secrets a queue was told to mask show as <c>***</c>.</summary>
public sealed record JobDetails
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The kind of job.</summary>
    public required string Name { get; init; }

    /// <summary>Where the job was when it was read.</summary>
    public required JobState State { get; init; }

    /// <summary>The payload, JSON text.</summary>
    public required string Data { get; init; }

    /// <summary>The options, JSON text with BullMQ's stored names.</summary>
    public required string Options { get; init; }

    /// <summary>When the job was created.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The current delay; zero when none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The current priority; 0 when none.</summary>
    public int Priority { get; init; }

    /// <summary>Attempts finished.</summary>
    public int AttemptsMade { get; init; }

    /// <summary>Attempts started, stalled ones included.</summary>
    public int AttemptsStarted { get; init; }

    /// <summary>How often the job was found without a living worker.</summary>
    public int StalledCount { get; init; }

    /// <summary>When the job was last taken by a worker; <see langword="null"/> if never.</summary>
    public DateTimeOffset? ProcessedOn { get; init; }

    /// <summary>When the job finished; <see langword="null"/> if it has not.</summary>
    public DateTimeOffset? FinishedOn { get; init; }

    /// <summary>The worker that last took the job; <see langword="null"/> if it has no name.</summary>
    public string? ProcessedBy { get; init; }

    /// <summary>The result, JSON text; <see langword="null"/> if the job has not completed.</summary>
    public string? ReturnValue { get; init; }

    /// <summary>Why the last failed attempt failed; <see langword="null"/> if none did.</summary>
    public string? FailedReason { get; init; }

    /// <summary>Stack traces of failed attempts, oldest first.</summary>
    public IReadOnlyList<string> StackTraces { get; init; } = [];

    /// <summary>The last reported progress, JSON text; <see langword="null"/> if none was reported.</summary>
    public string? Progress { get; init; }
}
