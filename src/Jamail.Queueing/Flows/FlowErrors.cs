namespace Jamail.Queueing;

/// <summary>What adding a flow says when it did not add.</summary>
internal static class FlowErrors
{
    public static JobQueueException Of(FlowToAdd flow, FlowRefusal why)
    {
        var node = flow.Nodes[why.Node];
        var subject = $"The flow of job '{flow.Shape.Job}' was not added";
        return why.Code switch
        {
            -5 => Error(JobQueueError.ParentNotFound, node, $"{subject}: the parent that '{node.Key}' names does not exist; add it first."),
            -7 => Error(
                JobQueueError.ParentCannotBeReplaced,
                node,
                $"{subject}: job '{node.Key}' exists and belongs to another parent that still exists; detach it there, or give it another id."),
            _ => Error(JobQueueError.ScriptFailed, flow.Nodes[0], $"Adding the flow of job '{flow.Shape.Job}' failed inside Redis: {why.Fault}"),
        };
    }

    public static JobQueueException Of(FlowToAdd flow, JobQueueException fault)
    {
        var (queue, id) = flow.Shape.Job;
        return new JobQueueException(
            fault.Error,
            fault.Error == JobQueueError.Unknown
                ? $"Redis did not answer the add of the flow of job '{flow.Shape.Job}'; it was added as a whole if that job exists. ({fault.Message})"
                : fault.Message,
            queue,
            id,
            fault);
    }

    /// <summary>Why a flow cannot be on a cluster; null when it can.</summary>
    public static JobQueueException? OfSlots(FlowToAdd flow)
    {
        var first = flow.Nodes[0].Prefix;
        var slot = HashSlots.Of(first);
        var other = slot is null ? first : flow.Prefixes.FirstOrDefault(prefix => HashSlots.Of(prefix) != slot);
        return other is null
            ? null
            : Error(
                JobQueueError.SlotsDiffer,
                flow.Nodes[0],
                $"The flow of job '{flow.Shape.Job}' was not added: on a Redis Cluster all its keys must lie in one hash slot, but " +
                (slot is null
                    ? $"the keys of '{first}' have no hash tag"
                    : $"those of '{first}' and of '{other}' have other hash tags") +
                "; give the prefix one, as in {bull} (Jamail:Queueing:Prefix, and the prefix of the Node clients), or keep the flow in one queue.");
    }

    private static JobQueueException Error(JobQueueError error, FlowNode node, string message) =>
        new(error, message, node.Key.Queue, node.Key.Id);
}
