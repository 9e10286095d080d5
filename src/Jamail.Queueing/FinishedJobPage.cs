namespace Jamail.Queueing;

/// <summary>A stretch of the queue's event stream.</summary>
/// <param name="Items">The jobs that ended in it, in order.</param>
/// <param name="Position">Where to go on reading; <see langword="null"/> while nothing was ever read.</param>
/// <param name="IsEnd">Whether the stream held no more.</param>
public sealed record FinishedJobPage(IReadOnlyList<FinishedJob> Items, string? Position, bool IsEnd);
