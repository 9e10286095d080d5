namespace Jamail.Interop.Tests.Differential;

/// <summary>Makes flows over two queues that fit a state: with jobs that exist already, and below parents that wait.</summary>
internal sealed class FlowMaker(Random random, IReadOnlyList<QueueView> queues, long now)
{
    private static readonly string[] States =
        ["wait", "paused", "active", "prioritized", "delayed", "waiting-children", "completed", "completed", "failed"];

    private int _made;

    /// <param name="Queue">The queue key without the last colon.</param>
    /// <param name="Parent">The key of its parent; null for none.</param>
    /// <param name="Link">What the job stores of its parent; null for none.</param>
    internal sealed record Node(
        string Queue, string Id, string Name, string Data, Map Options, long Timestamp, bool HasChildren, string? Parent, Map? Link)
    {
        public string Key => $"{Queue}:{Id}";
    }

    /// <summary>A flow, parents before children and generation by generation, as every client adds it.</summary>
    public List<Node> Make(int size)
    {
        var parents = new List<int> { -1 };
        while (parents.Count < size)
        {
            parents.Add(Math.Max(parents[^1], random.Next(4) == 0 ? random.Next(parents.Count) : Math.Max(0, parents[^1])));
        }

        var allIsDone = random.Next(3) == 0;
        var nodes = new List<Node>();
        foreach (var parent in parents)
        {
            var (key, link) = parent < 0 ? External() : (nodes[parent].Key, Link(nodes[parent].Id, nodes[parent].Queue));
            var hasChildren = parents.Contains(nodes.Count);
            nodes.Add(Make(nodes, hasChildren, allIsDone && !hasChildren, key, link));
        }

        return nodes;
    }

    private Node Make(List<Node> before, bool hasChildren, bool isDone, string? parent, Map? link)
    {
        var queue = queues[random.Next(3) == 0 ? 1 : 0];
        var id = isDone ? Existing(queue, "completed") : random.Next(4) == 0 ? Existing(queue, States[random.Next(States.Length)]) : null;
        if (id is null || before.Exists(node => node.Key == queue.Prefix + id))
        {
            id = $"flow-{_made++}";
        }

        return new Node(
            queue.Name, id, "name-" + random.Next(3), "{\"n\":" + random.Next(1000) + "}", Options(), now - random.Next(3) * 1000,
            hasChildren, parent, link);
    }

    private (string? Parent, Map? Link) External()
    {
        if (random.Next(3) > 0)
        {
            return (null, null);
        }

        var queue = queues[random.Next(2)];
        var waiting = queue.Of("waiting-children");
        var id = random.Next(8) == 0 ? "gone"
            : waiting.Count > 0 && random.Next(5) > 0 ? waiting[random.Next(waiting.Count)]
            : Existing(queue, States[random.Next(States.Length)]) ?? "gone";
        return (queue.Prefix + id, Link(id, queue.Name));
    }

    private static bool HasNoColon(string id) => !id.Contains(':', StringComparison.Ordinal);

    private string? Existing(QueueView queue, string state)
    {
        var ids = queue.Of(state).Where(HasNoColon).ToList();
        return ids.Count == 0 ? null : ids[random.Next(ids.Count)];
    }

    private Map Link(string id, string queue)
    {
        var link = new Map { ["id"] = id, ["queueKey"] = queue };
        if (random.Next(2) == 0)
        {
            link[((string[])["fpof", "cpof", "idof", "rdof"])[random.Next(4)]] = true;
        }

        return link;
    }

    private Map Options()
    {
        var options = new Map { ["attempts"] = random.Next(4) };
        if (random.Next(6) == 0)
        {
            options["delay"] = random.Next(2) == 0 ? 1 : 60_000;
        }

        if (random.Next(6) == 0)
        {
            options["priority"] = random.Next(1, 5);
        }

        if (random.Next(6) == 0)
        {
            options["lifo"] = true;
        }

        return options;
    }
}
