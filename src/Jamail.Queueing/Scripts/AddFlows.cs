using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Adds whole flows in one call (addFlows-1).</summary>
internal sealed class AddFlows(ScriptRunner runner)
{
    private const int ArgumentsPerJob = 11;

    private readonly LuaScript _script = runner.Scripts["addFlows"];

    /// <summary>Adds each flow, or nothing of it.</summary>
    /// <returns>For each flow null, or why it was refused.</returns>
    public async Task<FlowRefusal?[]> RunAsync(IReadOnlyList<FlowToAdd> flows, long nowMs)
    {
        var arguments = new RedisValue[1 + flows.Sum(flow => 1 + (flow.Nodes.Count * ArgumentsPerJob))];
        arguments[0] = nowMs;
        var next = 1;
        foreach (var flow in flows)
        {
            arguments[next++] = flow.Nodes.Count;
            foreach (var node in flow.Nodes)
            {
                next = Write(arguments, next, node);
            }
        }

        var reply = (RedisResult[])(await runner
            .RunAsync(_script, [flows[0].Nodes[0].Prefix], arguments).ConfigureAwait(false))!;
        var refused = new FlowRefusal?[flows.Count];
        for (var i = 0; i < reply.Length; i += 4)
        {
            var code = (int)reply[i + 2];
            refused[(int)reply[i] - 1] = new FlowRefusal(
                Math.Max(0, (int)reply[i + 1] - 1), code, code == 0 ? (string)reply[i + 3]! : null);
        }

        return refused;
    }

    private static int Write(RedisValue[] arguments, int next, FlowNode node)
    {
        var job = node.Job;
        arguments[next++] = node.Prefix;
        arguments[next++] = job.Id;
        arguments[next++] = job.Name;
        arguments[next++] = Arguments.Bytes(job.Data);
        arguments[next++] = Arguments.Bytes(job.OptionsJson);
        arguments[next++] = job.Timestamp;
        arguments[next++] = job.DelayMs;
        arguments[next++] = job.Priority;
        arguments[next++] = node.WaitsForChildren ? "parent" : job.Lifo ? "lifo" : Arguments.None;
        arguments[next++] = Arguments.Optional(job.Parent?.Key);
        arguments[next++] = Arguments.Optional(job.Parent?.Json);
        return next;
    }
}
