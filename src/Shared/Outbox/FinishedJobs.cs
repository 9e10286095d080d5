namespace Jamail.Shared;

/// <param name="Jobs">Those that finished.</param>
/// <param name="Position">Where to go on; null when the stream holds nothing at all.</param>
/// <param name="IsEnd">Whether the end of the stream was reached.</param>
internal sealed record FinishedJobs(IReadOnlyList<FinishedJob> Jobs, string? Position, bool IsEnd);
