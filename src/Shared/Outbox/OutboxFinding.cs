namespace Jamail.Shared;

/// <summary>What the queue tells about an unfinished row.</summary>
/// <param name="Id">The row.</param>
/// <param name="Kind">What became of its job.</param>
/// <param name="At">When, Unix ms.</param>
/// <param name="Reason">Why it failed; null when it did not.</param>
internal sealed record OutboxFinding(string Id, OutboxFindingKind Kind, long At, string? Reason = null)
{
    /// <summary>Which of the row's jobs: what an earlier one came to says nothing of the present one. Null: the present one.</summary>
    public int? JobSeq { get; init; }
}
