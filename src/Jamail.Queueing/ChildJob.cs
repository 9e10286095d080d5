namespace Jamail.Queueing;

/// <summary>A child of a job, as its parent knows it.</summary>
/// <param name="Key">The child.</param>
/// <param name="State">What it is to its parent.</param>
/// <param name="Value">Completed: its result, JSON text. Ignored: why it failed. Otherwise <see langword="null"/>.</param>
public sealed record ChildJob(JobKey Key, ChildState State, string? Value = null);
