using System.Globalization;

namespace Jamail.Interop.Tests.Differential;

/// <summary>
/// Whole flows in one call beside what BullMQ's client does for each of them: its own add for every job, then one release for each
/// parent. Where one of those adds is refused, BullMQ's flow is half added; ours is to leave nothing and to say which job it was.
/// </summary>
internal sealed class FlowCase(DifferentialRig rig, long now)
{
    private const int Aborted = 0;

    /// <summary>Replies what tells how a text differs from the single adds.</summary>
    public Func<string, string> Prepare(IReadOnlyList<object?> state, IReadOnlyList<IReadOnlyList<FlowMaker.Node>> flows)
    {
        var arguments = new List<object?> { now };
        foreach (var flow in flows)
        {
            arguments.Add(flow.Count);
            arguments.AddRange(flow.SelectMany(Arguments));
        }

        var group = new ScriptCall("addFlows", [flows[0][0].Queue + ":"], arguments);
        var (refusals, expected) = PlaySingles(state, flows);
        return text =>
        {
            var found = rig.Play(state, [(text, group)], jsonByValue: true);
            var difference = expected.Compare(found.State);
            var replied = Refusals(found.Replies[0]);
            if (replied != refusals)
            {
                difference += $"refusals expected {refusals}, found {replied} {ReplyText.Of(found.Replies[0])}\n";
            }

            return difference.Length == 0 ? "" : $"--- {group}\n{difference}";
        };
    }

    private static IEnumerable<object?> Arguments(FlowMaker.Node node) =>
    [
        node.Queue + ":", node.Id, node.Name, node.Data, GroupAddCase.Json(node.Options).ToJsonString(), node.Timestamp,
        node.Options["delay"] ?? 0, node.Options["priority"] ?? 0,
        node.HasChildren ? "parent" : node.Options["lifo"] is true ? "lifo" : "",
        node.Parent ?? "", node.Link is { } link ? GroupAddCase.Json(link).ToJsonString() : "",
    ];

    private (string Refusals, Snapshot State) PlaySingles(
        IReadOnlyList<object?> state, IReadOnlyList<IReadOnlyList<FlowMaker.Node>> flows)
    {
        rig.Restore(state);
        var started = rig.ServerMs();
        var refusals = new List<string>();
        for (var i = 0; i < flows.Count; i++)
        {
            var flow = flows[i];
            var before = rig.Save();
            var replies = flow.Select(node => rig.RunOracle(Single(node))).ToList();
            if (replies.FindIndex(reply => reply is long) is var refused and >= 0)
            {
                rig.Restore(before);
                refusals.Add($"{i + 1}/{refused + 1}: {replies[refused]}");
            }
            else if (replies.FindIndex(reply => reply is RespError) is var aborted and >= 0)
            {
                rig.Restore(before);
                foreach (var node in flow.Take(aborted + 1))
                {
                    rig.RunOracle(Single(node));
                }

                refusals.Add($"{i + 1}/0: {Aborted}");
            }
            else
            {
                Release(flow);
            }
        }

        return (string.Join(", ", refusals), rig.Read(started));
    }

    private void Release(IReadOnlyList<FlowMaker.Node> flow)
    {
        foreach (var (key, link) in flow.Where(node => node.Parent is not null).Select(node => (node.Parent, node.Link!)).DistinctBy(node => node.Parent))
        {
            rig.RunOracle(new ScriptCall(
                "releaseParentIfNoPendingDependencies", [key!, key + ":dependencies"], [link["queueKey"], link["id"], now]));
        }
    }

    private static ScriptCall Single(FlowMaker.Node node)
    {
        var script = node.HasChildren ? "addParentJob"
            : node.Options["delay"] is not null ? "addDelayedJob"
            : node.Options["priority"] is not null ? "addPrioritizedJob"
            : "addStandardJob";
        var list = new List<object?>
        {
            node.Queue + ":", node.Id, node.Name, node.Timestamp, node.Parent,
            node.Parent is null ? null : node.Parent + ":dependencies", node.Link, null, null, 1,
        };
        return new ScriptCall(
            script, [.. CallMaker.AddKeys[script].Split(' ').Select(suffix => $"{node.Queue}:{suffix}")],
            [Packed.Of(list), node.Data, Packed.Of(node.Options)]);
    }

    private static string Refusals(object? reply) => reply is List<object?> parts
        ? string.Join(", ", parts.Chunk(4).Select(part => string.Create(
            CultureInfo.InvariantCulture, $"{part[0]}/{part[1]}: {part[2]}{((string)part[3]! == "" == (part[2] is 0L) ? " with a wrong text" : "")}")))
        : ReplyText.Of(reply);
}
