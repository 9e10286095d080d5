namespace Jamail.Queueing;

/// <summary>Makes of a flow what addFlows takes, or refuses it before anything is sent.</summary>
internal sealed class FlowEncoder(JobEncoder jobs)
{
    public const int MaxJobs = 5000;

    /// <exception cref="ArgumentException">The message says which job of the flow, what is wrong and what to do.</exception>
    public FlowToAdd Encode(FlowJob flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        var nodes = new List<FlowNode>();
        var known = new HashSet<JobKey>();
        var top = new List<AddedFlow>();

        // Generation by generation, as Node does it: so jobs of one queue run in the same order.
        var waiting = new Queue<(FlowJob Node, JobKey? Parent, List<AddedFlow> Siblings)>([(flow, null, top)]);
        while (waiting.TryDequeue(out var next))
        {
            if (nodes.Count == MaxJobs)
            {
                throw new ArgumentException(
                    $"The flow has more than {MaxJobs} jobs; add its children from the processor of their parent instead, with JobOptions.Parent.");
            }

            var node = Encode(next.Node, next.Parent);
            if (!known.Add(node.Key))
            {
                throw new ArgumentException($"The flow has two jobs with the id '{node.Key}'; a job can have one place only, so give each its own.");
            }

            nodes.Add(node);
            var children = new List<AddedFlow>(next.Node.Children.Count);
            next.Siblings.Add(new AddedFlow(node.Key, children));
            foreach (var child in next.Node.Children)
            {
                waiting.Enqueue((child, node.Key, children));
            }
        }

        return new FlowToAdd(nodes, top[0]);
    }

    private FlowNode Encode(FlowJob node, JobKey? parent)
    {
        Check(node, parent);
        var id = node.Options?.Id ?? JobId.Parse(Guid.NewGuid().ToString());
        var options = parent is null ? node.Options : (node.Options ?? new JobOptions()) with { Parent = parent };
        var job = jobs.Encode(
            node.Name,
            JobPayloadJson.EncodeResult(node.Payload),
            node.Payload is null ? 1 : PayloadVersions.Of(node.Payload.GetType()),
            options,
            id.Value);
        return new FlowNode(new JobKey(node.Queue, id), $"{jobs.Prefix}:{node.Queue}:", job, node.Children.Count > 0);
    }

    private static void Check(FlowJob node, JobKey? parent)
    {
        if (node.Queue.Value.Length == 0)
        {
            throw new ArgumentException($"Job '{node.Name}' of the flow has no queue; give the name of one.");
        }

        try
        {
            JobOptionsRules.Check(node.Name, node.Options);
            if (parent is null)
            {
                JobOptionsRules.CheckParent(node.Options);
            }
        }
        catch (ArgumentException refusal)
        {
            throw new ArgumentException($"Job '{node.Name}' for queue '{node.Queue}' of the flow: {refusal.Message}", refusal);
        }

        if (node.Options?.Deduplication is { } deduplication)
        {
            throw new ArgumentException(
                $"Job '{node.Name}' for queue '{node.Queue}' of the flow has the deduplication '{deduplication.Id}' but no job of a flow " +
                "may be left out; give it a chosen id instead.");
        }

        if (parent is not null && node.Options?.Parent is { } other && other != parent)
        {
            throw new ArgumentException(
                $"Job '{node.Name}' for queue '{node.Queue}' of the flow names the parent '{other}' but its place in the flow is " +
                "below another one; leave JobOptions.Parent unset.");
        }
    }
}
