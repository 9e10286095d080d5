using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Makes the next jobs of many schedulers in one call (updateSchedulers-1).</summary>
internal sealed class UpdateSchedulers(ScriptRunner runner, QueueKeys keys)
{
    private const int ArgumentsPerJob = 10;

    private readonly LuaScript _script = runner.Scripts["updateSchedulers"];

    /// <returns>For each step null, or why its script failed.</returns>
    public async Task<string?[]> RunAsync(IReadOnlyList<SchedulerStep> steps, long nowMs)
    {
        var arguments = new RedisValue[1 + (steps.Count * ArgumentsPerJob)];
        arguments[0] = nowMs;
        var next = 1;
        foreach (var step in steps)
        {
            arguments[next++] = step.SchedulerId;
            arguments[next++] = Arguments.Optional(step.NextMs);
            arguments[next++] = Arguments.Bytes(step.Options.OpenJson);
            arguments[next++] = Arguments.Optional(step.Options.Every);
            arguments[next++] = Arguments.Optional(step.Options.Offset);
            arguments[next++] = step.Options.Priority;
            arguments[next++] = step.Options.Lifo ? "lifo" : Arguments.None;
            arguments[next++] = Arguments.Optional(step.Options.DeduplicationId);
            arguments[next++] = step.TakenJobId;
            arguments[next++] = step.TakenData is { } data ? Arguments.Bytes(data) : Arguments.None;
        }

        var reply = (RedisResult[])(await runner.RunAsync(_script, [keys.Base], arguments).ConfigureAwait(false))!;
        var faults = new string?[steps.Count];
        for (var i = 0; i < reply.Length; i += 2)
        {
            faults[(int)reply[i] - 1] = (string?)reply[i + 1];
        }

        return faults;
    }
}
