using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>What can be read of a queue without changing it.</summary>
internal sealed class Inspection(Func<IDatabaseAsync> database, ScriptRunner runner, QueueKeys keys)
{
    private readonly LuaScript _counts = runner.Scripts["getCounts"];
    private readonly LuaScript _state = runner.Scripts["getStateV2"];
    private readonly LuaScript _countsPerPriority = runner.Scripts["getCountsPerPriority"];
    private readonly LuaScript _job = runner.Scripts["getJob"];
    private readonly LuaScript _jobs = runner.Scripts["getJobs"];
    private readonly LuaScript _metrics = runner.Scripts["getMetrics"];
    private readonly LuaScript _ranges = runner.Scripts["getRanges"];

    public async Task<JobCounts> GetCountsAsync()
    {
        var reply = await runner.RunAsync(
            _counts,
            [keys.Base],
            ["wait", "paused", "active", "delayed", "prioritized", "completed", "failed", "waiting-children"])
            .ConfigureAwait(false);
        var counts = (long[])reply!;
        return new JobCounts(
            Waiting: counts[0] + counts[1], Active: counts[2], Delayed: counts[3], Prioritized: counts[4],
            Completed: counts[5], Failed: counts[6], WaitingChildren: counts[7]);
    }

    public async Task<IReadOnlyDictionary<int, long>> GetCountsByPriorityAsync(IReadOnlyList<int> priorities)
    {
        int[] distinct = [.. priorities.Distinct()];
        var reply = (long[])(await runner.RunAsync(
            _countsPerPriority, [keys.Wait, keys.Prioritized], Array.ConvertAll(distinct, priority => (RedisValue)priority))
            .ConfigureAwait(false))!;
        var counts = distinct.Zip(reply).ToDictionary(pair => pair.First, pair => pair.Second);
        if (counts.TryGetValue(0, out var waiting))
        {
            // Under a pause of BullMQ 5 they are in the other list.
            counts[0] = waiting + await database().ListLengthAsync(keys.Paused).ConfigureAwait(false);
        }

        return counts;
    }

    public async Task<string?> GetDuplicatedJobAsync(string deduplicationId) =>
        await database().StringGetAsync(keys.Deduplication(deduplicationId)).ConfigureAwait(false);

    public async Task<JobState> GetStateAsync(string id) =>
        StateOf(await runner.RunAsync(_state, StateKeys(), [id]).ConfigureAwait(false));

    /// <summary>The hash of a job, null when there is none, and where it is, as of one moment.</summary>
    public async Task<(StoredJob? Job, JobState State)> GetJobAndStateAsync(string id)
    {
        var reply = (RedisResult[])(await runner.RunAsync(_job, [.. StateKeys(), keys.Job(id)], [id]).ConfigureAwait(false))!;
        return (JobHash.Read(id, (RedisValue[])reply[1]!), StateOf(reply[0]));
    }

    /// <summary>The ids of one state by its wire name, from the next to run (ascending) or from the newest.</summary>
    public async Task<IReadOnlyList<string>> GetRangeAsync(string state, long start, long end, bool ascending)
    {
        var reply = await runner.RunAsync(
            _ranges, [keys.Base], [start, end, Arguments.Flag(ascending), state]).ConfigureAwait(false);
        var ids = (string[])((RedisResult[])reply!)[0]!;
        if (ascending && state is ("wait" or "paused" or "active"))
        {
            Array.Reverse(ids);
        }

        return ids;
    }

    /// <summary>The hash of a job; null when there is none.</summary>
    public async Task<StoredJob?> GetJobAsync(string id) =>
        JobHash.Read(id, await database().HashGetAllAsync(keys.Job(id)).ConfigureAwait(false));

    /// <summary>The rows of a job's log, oldest first.</summary>
    public async Task<string[]> GetLogsAsync(string id, long start = 0, long end = -1) =>
        [.. (await database().ListRangeAsync(keys.Logs(id), start, end).ConfigureAwait(false)).Select(row => (string)row!)];

    /// <summary>Some rows of a job's log, counted from the newest when that comes first.</summary>
    public async Task<JobLogs> GetLogsAsync(string id, long start, long end, bool newestFirst)
    {
        var total = database().ListLengthAsync(keys.Logs(id));
        var rows = newestFirst
            ? await GetLogsAsync(id, -(end + 1), -(start + 1)).ConfigureAwait(false)
            : await GetLogsAsync(id, start, end).ConfigureAwait(false);
        if (newestFirst)
        {
            Array.Reverse(rows);
        }

        return new JobLogs(rows, await total.ConfigureAwait(false));
    }

    /// <summary>Jobs of one state by its wire name with their hashes, as of one moment.</summary>
    public async Task<IReadOnlyList<StoredJob>> GetJobsAsync(string state, long start, long end, bool ascending)
    {
        const int MostSlices = 5;
        var reply = (RedisResult[])(await runner.RunAsync(
            _jobs, [keys.Base], [start, end, Arguments.Flag(ascending), MostSlices, state]).ConfigureAwait(false))!;
        return [.. ((RedisResult[])reply[0]!).Select(job => (RedisResult[])job!)
            .Select(job => JobHash.Read((string)job[0]!, (RedisValue[])job[1]!)!)];
    }

    public async Task<JobMetrics> GetMetricsAsync(bool isCompleted, int minutes)
    {
        var hash = isCompleted ? keys.MetricsCompleted : keys.MetricsFailed;
        var reply = (RedisResult[])(await runner.RunAsync(
            _metrics, [hash, keys.Base + (isCompleted ? "metrics:completed:data" : "metrics:failed:data")], [0, minutes - 1])
            .ConfigureAwait(false))!;
        var head = (RedisValue[])reply[0]!;
        var lastMs = JobHash.Number(head[1]);
        return new JobMetrics(
            JobHash.Number(head[0]),
            [.. ((RedisValue[])reply[1]!).Select(point => JobHash.Number(point))],
            (long)reply[2],
            lastMs > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(lastMs) : null);
    }

    public Task<bool> IsPausedAsync() => database().HashExistsAsync(keys.Meta, "paused");

    private RedisKey[] StateKeys() =>
    [
        keys.Completed, keys.Failed, keys.Delayed, keys.Active, keys.Wait, keys.Paused, keys.WaitingChildren, keys.Prioritized,
    ];

    private static JobState StateOf(RedisResult reply) => (string?)reply switch
    {
        "completed" => JobState.Completed,
        "failed" => JobState.Failed,
        "delayed" => JobState.Delayed,
        "active" => JobState.Active,
        "waiting" => JobState.Waiting,
        "prioritized" => JobState.Prioritized,
        "waiting-children" => JobState.WaitingChildren,
        _ => JobState.Unknown,
    };
}
