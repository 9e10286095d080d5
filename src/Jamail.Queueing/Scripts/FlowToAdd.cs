namespace Jamail.Queueing;

/// <summary>A flow for addFlows: validated and encoded, parents before children.</summary>
/// <param name="Nodes">At least one; the first is the job at the top.</param>
/// <param name="Shape">What the caller gets when it was added.</param>
internal sealed record FlowToAdd(IReadOnlyList<FlowNode> Nodes, AddedFlow Shape)
{
    /// <summary>What the keys that the flow touches begin with: of its queues, and of the job that it is added under.</summary>
    public IEnumerable<string> Prefixes => Nodes
        .Select(node => node.Prefix)
        .Concat(Nodes[0].Job.Parent is { } parent ? [parent.Key] : [])
        .Distinct(StringComparer.Ordinal);

    /// <summary>About how many bytes the flow takes in a call.</summary>
    public int Weight { get; } = Nodes.Sum(node => 300 + node.Job.Data.Length + node.Job.OptionsJson.Length);
}
