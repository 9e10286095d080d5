using Jamail.Queueing;

namespace Jamail.AspNetCore;

internal sealed record FlowView(string Queue, string Id, JobView? Job, ChildCounts ChildCounts, IReadOnlyList<FlowView> Children)
{
    /// <param name="flow">The tree.</param>
    /// <param name="known">The queues whose jobs may be looked at.</param>
    public static FlowView Of(FlowTree flow, IReadOnlyList<QueueName> known) => new(
        flow.Key.Queue.Value,
        flow.Key.Id.Value,
        flow.Job is { } job && known.Contains(flow.Key.Queue) ? JobView.Of(job) : null,
        flow.ChildCounts,
        [.. flow.Children.Select(child => Of(child, known))]);
}
