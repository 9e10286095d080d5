namespace Jamail.Queueing;

/// <summary>One job of a flow.</summary>
/// <param name="Key">The job.</param>
/// <param name="Prefix">What the keys of its queue begin with; ends with ':'.</param>
/// <param name="Job">It has an id.</param>
/// <param name="WaitsForChildren">It has children.</param>
internal sealed record FlowNode(JobKey Key, string Prefix, JobToAdd Job, bool WaitsForChildren);
