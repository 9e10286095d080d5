namespace Jamail.Queueing;

/// <summary>What a cancellation found.</summary>
public enum JobCancelResult
{
    /// <summary>The job had not started, and never will.</summary>
    Cancelled,

    /// <summary>
    /// The job runs. A Jamail worker's token fires within a second, and the job ends when its processor returns; a Node
    /// worker knows nothing of it and goes on.
    /// </summary>
    Requested,

    /// <summary>The job had ended before.</summary>
    AlreadyFinished,
}
