namespace Jamail.Queueing;

/// <summary>An operation on a queue was refused, or its outcome is not known.</summary>
public sealed class JobQueueException : Exception
{
    /// <summary>Reports a refusal.</summary>
    /// <param name="error">Why.</param>
    /// <param name="message">What was refused, and what to do.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="jobId">The job, when one is concerned.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public JobQueueException(
        JobQueueError error,
        string message,
        QueueName queue = default,
        JobId? jobId = null,
        Exception? innerException = null)
        : base(message, innerException)
    {
        Error = error;
        Queue = queue;
        JobId = jobId;
    }

    /// <summary>Why the operation was refused.</summary>
    public JobQueueError Error { get; }

    /// <summary>The queue the operation was for.</summary>
    public QueueName Queue { get; }

    /// <summary>The job concerned; <see langword="null"/> when the operation was not about one job.</summary>
    public JobId? JobId { get; }
}
