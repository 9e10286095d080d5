namespace Jamail.Queueing;

/// <summary>A flow for addFlows: validated and encoded, parents before children.</summary>
/// <param name="Nodes">At least one; the first is the job at the top.</param>
/// <param name="Shape">What the caller gets when it was added.</param>
internal sealed record FlowToAdd(IReadOnlyList<FlowNode> Nodes, AddedFlow Shape)
{
    /// <summary>About how many bytes the flow takes in a call.</summary>
    public int Weight { get; } = Nodes.Sum(node => 300 + node.Job.Data.Length + node.Job.OptionsJson.Length);
}
