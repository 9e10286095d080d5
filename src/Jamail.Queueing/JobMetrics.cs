namespace Jamail.Queueing;

/// <summary>How many jobs of a queue have finished, counted by workers that collect metrics.</summary>
/// <param name="Count">All since counting began.</param>
/// <param name="PerMinute">
/// Jobs of each whole minute, newest first. The running minute is not in it, and a queue without work is only filled up with
/// zeros when its next job finishes.
/// </param>
/// <param name="Minutes">How many minutes are kept in all.</param>
/// <param name="LastFinishedAt">When a job finished last; <see langword="null"/> when none was counted.</param>
public sealed record JobMetrics(long Count, IReadOnlyList<long> PerMinute, long Minutes, DateTimeOffset? LastFinishedAt);
