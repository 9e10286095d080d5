namespace Jamail.Queueing;

/// <summary>How many children of a job are in each state.</summary>
/// <param name="Unfinished">The job waits for them.</param>
/// <param name="Completed">Their results can be read.</param>
/// <param name="Ignored">Failed, and do not count (<see cref="ChildFailure.Ignore"/>, <see cref="ChildFailure.RunParentNow"/>).</param>
/// <param name="Failed">Failed, and the job with them (<see cref="ChildFailure.FailParent"/>).</param>
public sealed record ChildCounts(long Unfinished, long Completed, long Ignored, long Failed)
{
    /// <summary>All of them.</summary>
    public long Total => Unfinished + Completed + Ignored + Failed;
}
