namespace Jamail.Queueing;

/// <summary>A job with its children, as they were read.</summary>
/// <param name="Key">The job.</param>
/// <param name="Job">The job as it is stored; <see langword="null"/> for a child that is no longer kept.</param>
public sealed record FlowTree(JobKey Key, JobDetails? Job)
{
    /// <summary>Its children, unfinished ones first; empty below the depth asked for.</summary>
    public IReadOnlyList<FlowTree> Children { get; init; } = [];

    /// <summary>How many children it has in all; more than <see cref="Children"/> when not all were read.</summary>
    public ChildCounts ChildCounts { get; init; } = new(0, 0, 0, 0);
}
