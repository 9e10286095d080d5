using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Moves jobs of dead workers back to wait (moveStalledJobsToWait-9).</summary>
internal sealed class MoveStalledJobs(ScriptRunner runner, QueueKeys keys)
{
    private readonly LuaScript _script = runner.Scripts["moveStalledJobsToWait"];
    private readonly RedisKey[] _keys =
    [
        keys.Stalled, keys.Wait, keys.Active, keys.StalledCheck, keys.Meta, keys.Paused, keys.Marker, keys.Events,
        keys.Repeat,
    ];

    /// <summary>Checks once per interval and queue, whoever asks; in between it does nothing.</summary>
    /// <returns>The ids that went back.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(int maxStalledCount, long nowMs, long intervalMs)
    {
        RedisValue[] arguments = [maxStalledCount, keys.Base, nowMs, intervalMs];
        var reply = await runner.RunAsync(_script, _keys, arguments).ConfigureAwait(false);
        return (string[])reply!;
    }
}
