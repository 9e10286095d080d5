namespace Jamail.Queueing;

/// <summary>What became of one attempt. A thrown exception means: failed, retry if attempts are left.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Result">Stored with the job as JSON, and sent to those who wait for it.</param>
    public sealed record Completed(object? Result = null) : JobOutcome;

    /// <summary>The job runs again after <paramref name="Wait"/>, and this attempt does not count.</summary>
    /// <param name="Wait">Measured from now; zero or more.</param>
    public sealed record Postponed(TimeSpan Wait) : JobOutcome;

    /// <summary>
    /// The job goes back to the front of the queue, and no job is taken for a time: by this worker, and by every worker with a
    /// rate limit, its own or the queue's (<see cref="IJobQueueLimits.HoldAsync"/>). This attempt does not count.
    /// </summary>
    /// <param name="Wait">Measured from now; more than zero, at most 365 days.</param>
    public sealed record RateLimited(TimeSpan Wait) : JobOutcome;

    /// <summary>The job goes back to the front of the queue, and this attempt does not count.</summary>
    public sealed record Returned : JobOutcome;

    /// <summary>
    /// The job waits until its children have finished, then runs again; this attempt does not count. With no unfinished child
    /// it runs again at once, so look at <see cref="Job{TPayload}.Children"/> first. It fails if a child has failed under
    /// <see cref="ChildFailure.FailParent"/>.
    /// </summary>
    public sealed record WaitingForChildren : JobOutcome;

    /// <summary>Failed for good, whatever attempts are left.</summary>
    /// <param name="Reason">Stored as the job's failed reason; no secrets.</param>
    public sealed record Abandoned(string Reason) : JobOutcome;
}
