using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The scripts that change many jobs, one slice at a time.</summary>
internal sealed class Cleaning(ScriptRunner runner, QueueKeys keys)
{
    private const int NotPaused = -1;
    private const int ActiveJobs = -2;

    private readonly LuaScript _clean = runner.Scripts["cleanJobsInSet"];
    private readonly LuaScript _drain = runner.Scripts["drain"];
    private readonly LuaScript _obliterate = runner.Scripts["obliterate"];
    private readonly LuaScript _removeParents = runner.Scripts["removeParents"];
    private readonly LuaScript _requeue = runner.Scripts["requeueJobs"];
    private readonly LuaScript _removeOrphans = runner.Scripts["removeOrphans"];
    private readonly LuaScript _scan = runner.Scripts["scanKeys"];

    /// <returns>The ids removed.</returns>
    public async Task<string[]> CleanAsync(string state, long untilMs, int limit) =>
        (string[])(await runner.RunAsync(
            _clean,
            [keys.Base + state, keys.Events, keys.Repeat],
            [keys.Base, untilMs, limit, state]).ConfigureAwait(false))!;

    public Task DrainAsync(bool withDelayed) =>
        runner.RunAsync(
            _drain,
            [keys.Wait, keys.Paused, keys.Delayed, keys.Prioritized, keys.Repeat],
            [keys.Base, Arguments.Flag(withDelayed)]);

    /// <returns>True when there is more to do.</returns>
    /// <exception cref="JobQueueException">The queue has active jobs, or was resumed meanwhile.</exception>
    public async Task<bool> ObliterateAsync(int count, bool withActive)
    {
        var code = (int)await runner.RunAsync(
            _obliterate, [keys.Meta, keys.Base], [count, withActive ? "force" : Arguments.None]).ConfigureAwait(false);
        return code switch
        {
            NotPaused => throw new JobQueueException(
                JobQueueError.InvalidState,
                $"Queue '{keys.Queue}' was resumed while it was being removed; a part of it is gone. Remove it again.",
                keys.Queue),
            ActiveJobs => throw HasActiveJobs(),
            _ => code == 1,
        };
    }

    public JobQueueException HasActiveJobs() => new(
        JobQueueError.InvalidState,
        $"Queue '{keys.Queue}' has jobs that are being processed, so it was not removed; stop its workers first, or remove " +
        "those jobs too (withActive).",
        keys.Queue);

    public async Task<int> RemoveParentsAsync(int count) =>
        (int)await runner.RunAsync(_removeParents, [keys.Base], [count]).ConfigureAwait(false);

    /// <returns>How many were moved.</returns>
    public async Task<int> RequeueAsync(string state, long? untilMs, int count, bool resetAttempts, long nowMs) =>
        (int)await runner.RunAsync(
            _requeue,
            [keys.Base, keys.Base + state],
            [count, untilMs?.ToString(CultureInfo.InvariantCulture) ?? "+inf", state, Arguments.Flag(resetAttempts), nowMs]).ConfigureAwait(false);

    public async Task<int> RemoveOrphansAsync(IReadOnlyCollection<string> ids) =>
        ids.Count == 0
            ? 0
            : (int)await runner.RunAsync(
                _removeOrphans, [keys.Base], [.. ids.Select(id => (RedisValue)id)]).ConfigureAwait(false);

    /// <summary>Some keys of the queue, without the prefix.</summary>
    public async Task<(string Cursor, string[] Suffixes)> ScanAsync(string cursor, int count)
    {
        var reply = (RedisResult[])(await runner.RunAsync(_scan, [keys.Base], [cursor, "*", count]).ConfigureAwait(false))!;
        return ((string)reply[0]!, Array.ConvertAll((string[])reply[1]!, key => key[keys.Base.Length..]));
    }
}
