using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>What people and processors do to queues and jobs. A refusal is a <see cref="JobQueueException"/>.</summary>
internal sealed class Maintenance(ScriptRunner runner, QueueKeys keys)
{
    private readonly LuaScript _pause = runner.Scripts["pause"];
    private readonly LuaScript _reprocess = runner.Scripts["reprocessJob"];
    private readonly LuaScript _promote = runner.Scripts["promote"];
    private readonly LuaScript _changePriority = runner.Scripts["changePriority"];
    private readonly LuaScript _changeDelay = runner.Scripts["changeDelay"];
    private readonly LuaScript _releaseDeduplication = runner.Scripts["removeDeduplicationKey"];
    private readonly LuaScript _remove = runner.Scripts["removeJob"];
    private readonly LuaScript _updateData = runner.Scripts["updateData"];
    private readonly LuaScript _progress = runner.Scripts["updateProgress"];
    private readonly LuaScript _log = runner.Scripts["addLog"];

    public Task PauseAsync() => PauseAsync(keys.Wait, keys.Paused, "paused", emit: true);

    /// <summary>Resumes; ids that a pause of 5.x had put aside come back in slices, all of them.</summary>
    public async Task ResumeAsync()
    {
        var emit = true;
        while (await PauseAsync(keys.Paused, keys.Wait, "resumed", emit).ConfigureAwait(false) > 0)
        {
            emit = false;
        }
    }

    /// <summary>Runs a finished job again.</summary>
    /// <exception cref="JobQueueException">There is no such job, or it is not in <paramref name="state"/>.</exception>
    public async Task ReprocessAsync(string id, JobState state, bool lifo = false, bool resetAttempts = false)
    {
        var completed = state == JobState.Completed;
        RedisKey[] scriptKeys =
        [
            keys.Job(id), keys.Events, completed ? keys.Completed : keys.Failed, keys.Wait, keys.Meta, keys.Active,
            keys.Marker, keys.Prioritized, keys.PriorityCounter,
        ];
        RedisValue[] arguments =
        [
            id, lifo ? "RPUSH" : "LPUSH", completed ? "returnvalue" : "failedReason", completed ? "completed" : "failed",
            Arguments.Flag(resetAttempts), Arguments.Flag(resetAttempts),
        ];
        Check(await runner.RunAsync(_reprocess, scriptKeys, arguments).ConfigureAwait(false), id);
    }

    /// <summary>Lets a delayed job run now.</summary>
    /// <exception cref="JobQueueException">The job is not delayed.</exception>
    public async Task PromoteAsync(string id)
    {
        RedisKey[] scriptKeys =
        [
            keys.Delayed, keys.Wait, keys.Paused, keys.Meta, keys.Prioritized, keys.Active, keys.PriorityCounter,
            keys.Events, keys.Marker,
        ];
        Check(await runner.RunAsync(_promote, scriptKeys, [keys.Base, id]).ConfigureAwait(false), id);
    }

    /// <summary>Gives a job another priority.</summary>
    /// <exception cref="JobQueueException">There is no such job.</exception>
    public async Task ChangePriorityAsync(string id, int priority, bool lifo)
    {
        RedisKey[] scriptKeys =
            [keys.Wait, keys.Paused, keys.Meta, keys.Prioritized, keys.Active, keys.PriorityCounter, keys.Marker];
        RedisValue[] arguments = [priority, keys.Base, id, Arguments.Flag(lifo)];
        Check(await runner.RunAsync(_changePriority, scriptKeys, arguments).ConfigureAwait(false), id);
    }

    /// <summary>Makes a delayed job due at another time.</summary>
    /// <exception cref="JobQueueException">There is no such job, or it is not delayed.</exception>
    public async Task ChangeDelayAsync(string id, TimeSpan delay, DateTimeOffset now)
    {
        RedisKey[] scriptKeys = [keys.Delayed, keys.Meta, keys.Marker, keys.Events];
        RedisValue[] arguments =
            [(long)Math.Ceiling(delay.TotalMilliseconds), now.ToUnixTimeMilliseconds(), id, (string)keys.Job(id)!];
        Check(await runner.RunAsync(_changeDelay, scriptKeys, arguments).ConfigureAwait(false), id);
    }

    /// <summary>Forgets which job counts for a deduplication id, while it is this one.</summary>
    /// <returns>False when it is not.</returns>
    public async Task<bool> ReleaseDeduplicationAsync(string deduplicationId, string id) =>
        (long)await runner.RunAsync(_releaseDeduplication, [keys.Deduplication(deduplicationId)], [id]).ConfigureAwait(false) == 1;

    /// <summary>Removes a job; one that is not there counts as removed.</summary>
    /// <returns><see langword="false"/> when it, or one of its unfinished children, is being processed.</returns>
    /// <exception cref="JobQueueException">The job is the next run of a scheduler.</exception>
    public async Task<bool> UpdateDataAsync(string id, byte[] data) =>
        (long)await runner.RunAsync(_updateData, [keys.Job(id)], [data]).ConfigureAwait(false) == 0;

    public async Task<bool> RemoveAsync(string id, bool withChildren = true)
    {
        var reply = await runner.RunAsync(
            _remove, [keys.Job(id), keys.Repeat], [id, Arguments.Flag(withChildren), keys.Base]).ConfigureAwait(false);
        return Check(reply, id) == 1;
    }

    /// <summary>Stores and tells how far a job is.</summary>
    /// <exception cref="JobQueueException">There is no such job.</exception>
    public async Task UpdateProgressAsync(string id, ReadOnlyMemory<byte> json)
    {
        var reply = await runner.RunAsync(
            _progress, [keys.Job(id), keys.Events, keys.Meta], [id, Arguments.Bytes(json)]).ConfigureAwait(false);
        Check(reply, id);
    }

    /// <summary>Adds a row to a job's log and keeps the newest.</summary>
    /// <returns>How many rows there are now.</returns>
    /// <exception cref="JobQueueException">There is no such job.</exception>
    public async Task<long> AddLogAsync(string id, string row, int? keep)
    {
        RedisValue[] arguments = [id, row, keep is > 0 ? keep.Value : Arguments.None];
        return Check(await runner.RunAsync(_log, [keys.Job(id), keys.Logs(id)], arguments).ConfigureAwait(false), id);
    }

    private async Task<long> PauseAsync(RedisKey from, RedisKey to, string state, bool emit)
    {
        RedisKey[] scriptKeys = [from, to, keys.Meta, keys.Prioritized, keys.Events, keys.Delayed, keys.Marker];
        return (long)await runner.RunAsync(_pause, scriptKeys, [state, Arguments.Flag(emit)]).ConfigureAwait(false);
    }

    private long Check(RedisResult reply, string id)
    {
        var code = (long)reply;
        return code >= 0 ? code : throw ScriptRunner.Refusal((int)code, keys.Queue, JobId.Parse(id));
    }
}
