namespace Jamail.Queueing;

/// <summary>What one read of the event stream brought.</summary>
/// <param name="Events">In order, a gap first; empty when nothing happened for a while.</param>
/// <param name="Position">Where to go on.</param>
internal readonly record struct EventBatch(IReadOnlyList<JobEvent> Events, string Position)
{
    public bool HasGap => Events is [JobEvent.Gap, ..];
}
