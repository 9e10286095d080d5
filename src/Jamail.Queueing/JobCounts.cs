namespace Jamail.Queueing;

/// <summary>How many jobs of a queue are in each state.</summary>
/// <param name="Waiting">Ready without a priority, those under a 5.x pause included.</param>
/// <param name="Active">Being processed.</param>
/// <param name="Delayed">Due later.</param>
/// <param name="Prioritized">Ready with a priority.</param>
/// <param name="Completed">Done and still kept.</param>
/// <param name="Failed">Given up and still kept.</param>
/// <param name="WaitingChildren">Waiting for their children.</param>
public sealed record JobCounts(
    long Waiting,
    long Active,
    long Delayed,
    long Prioritized,
    long Completed,
    long Failed,
    long WaitingChildren);
