namespace Jamail.Queueing;

/// <summary>An attempt that failed, for an <see cref="IBackoffStrategy"/>.</summary>
public sealed record FailedAttempt
{
    /// <summary>The queue.</summary>
    public required QueueName Queue { get; init; }

    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The kind of job.</summary>
    public required string JobName { get; init; }

    /// <summary>The number of the attempt, counting from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many attempts the job has in all.</summary>
    public required int Attempts { get; init; }

    /// <summary>The delay of <see cref="Backoff.Custom"/>; zero when the job names none.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>Why it failed, as it is stored.</summary>
    public required string Reason { get; init; }

    /// <summary>What the processor threw; <see langword="null"/> when it failed without.</summary>
    public Exception? Exception { get; init; }
}
