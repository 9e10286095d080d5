namespace Jamail.Queueing;

/// <summary>A job of a flow that was added, with its children in the order they were given.</summary>
/// <param name="Job">The job.</param>
/// <param name="Children">Its children; empty when it has none.</param>
public sealed record AddedFlow(JobKey Job, IReadOnlyList<AddedFlow> Children);
