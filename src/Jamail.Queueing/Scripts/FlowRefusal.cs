namespace Jamail.Queueing;

/// <summary>Why addFlows refused a flow.</summary>
/// <param name="Node">The job it was refused for, by its place in the flow.</param>
/// <param name="Code">Below zero: the refusal; zero: the script failed.</param>
/// <param name="Fault">The text of the script error.</param>
internal sealed record FlowRefusal(int Node, int Code, string? Fault);
