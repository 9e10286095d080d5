using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Adds many jobs in one call (addJobs-12).</summary>
internal sealed class AddJobs(ScriptRunner runner, QueueKeys keys)
{
    private const int ArgumentsPerJob = 8;

    private readonly LuaScript _script = runner.Scripts["addJobs"];
    private readonly RedisKey[] _keys =
    [
        keys.Wait, keys.Paused, keys.Meta, keys.Id, keys.Completed, keys.Delayed, keys.Active, keys.Events, keys.Marker,
        keys.Prioritized, keys.PriorityCounter, keys.WaitingChildren,
    ];

    /// <summary>Adds the jobs in order; each has its own reply. The call has been sent when the task is returned.</summary>
    /// <param name="jobs">At least one.</param>
    /// <param name="withText">For a Redis that may not know the script yet.</param>
    public async Task<AddReply[]> RunAsync(IReadOnlyList<JobToAdd> jobs, bool withText)
    {
        var arguments = new RedisValue[1 + (jobs.Count * ArgumentsPerJob)];
        arguments[0] = keys.Base;
        var next = 1;
        for (var i = 0; i < jobs.Count; i++)
        {
            var job = jobs[i];
            arguments[next++] = job.Id;
            arguments[next++] = job.Name;
            arguments[next++] = Arguments.Bytes(job.Data);
            arguments[next++] = Arguments.Bytes(job.OptionsJson);
            arguments[next++] = job.Timestamp;
            arguments[next++] = job.DelayMs;
            arguments[next++] = job.Priority;
            arguments[next++] = job.Lifo ? "lifo" : Arguments.None;
        }

        var reply = (RedisResult[])(await runner.RunOnceAsync(_script, _keys, arguments, withText).ConfigureAwait(false))!;
        return Read(reply, jobs.Count);
    }

    private static AddReply[] Read(RedisResult[] reply, int count)
    {
        var ids = (RedisResult[])reply[0]!;
        var refused = (RedisResult[])reply[1]!;
        var replies = new AddReply[count];
        for (var i = 0; i < count; i++)
        {
            replies[i] = new AddReply((string)ids[i]!, 0, null);
        }

        for (var i = 0; i < refused.Length; i += 3)
        {
            var code = (int)refused[i + 1];
            replies[(int)refused[i] - 1] = new AddReply(null, code, code == 0 ? (string)refused[i + 2]! : null);
        }

        return replies;
    }
}
