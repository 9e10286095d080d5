namespace Jamail.Queueing;

/// <summary>Some rows of a job's log.</summary>
/// <param name="Rows">The rows asked for, in the order asked for.</param>
/// <param name="Total">How many rows there are.</param>
public sealed record JobLogs(IReadOnlyList<string> Rows, long Total);
