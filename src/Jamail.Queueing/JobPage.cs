namespace Jamail.Queueing;

/// <summary>One page of jobs.</summary>
/// <param name="Items">The jobs, in the order of the state: next to run first, or newest finished first.</param>
/// <param name="Next">Give this to read the next page; <see langword="null"/> on the last one.</param>
public sealed record JobPage(IReadOnlyList<JobDetails> Items, string? Next);
