namespace Jamail.Queueing;

/// <summary>The outcome of one job for finishJobs.</summary>
internal sealed record Settlement
{
    public required SettlementKind Kind { get; init; }

    public required string JobId { get; init; }

    /// <summary>The token under which the job was fetched.</summary>
    public required string Token { get; init; }

    /// <summary>Completed: the result, JSON. Failed: the reason, plain text in UTF-8. Otherwise empty.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    public KeepJobs Keep { get; init; }

    /// <summary>The attempts of the job's options; decides about the event retries-exhausted.</summary>
    public int Attempts { get; init; }

    public long DelayMs { get; init; }

    /// <summary>Delayed only: true for a back-off, false for a postponement.</summary>
    public bool CountsAttempt { get; init; }

    /// <summary>Retried only: to the front instead of the back.</summary>
    public bool Lifo { get; init; }

    /// <summary>Written to the job's hash with every failed attempt; null writes nothing.</summary>
    public string? FailedReason { get; init; }

    /// <summary>A JSON array of texts, oldest first; null writes nothing.</summary>
    public string? StackTraceJson { get; init; }
}
