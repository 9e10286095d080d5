using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Keeps the locks of running jobs alive (extendLocks-1).</summary>
internal sealed class ExtendLocks(ScriptRunner runner, QueueKeys keys)
{
    private readonly LuaScript _script = runner.Scripts["extendLocks"];
    private readonly RedisKey[] _keys = [keys.Stalled];

    /// <summary>Renews all locks for <paramref name="durationMs"/> from now.</summary>
    /// <returns>The ids whose lock is no longer ours.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<string> ids, IReadOnlyList<string> tokens, long durationMs)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        RedisValue[] arguments = [keys.Base, Pack(tokens), Pack(ids), durationMs];
        var reply = await runner.RunAsync(_script, _keys, arguments).ConfigureAwait(false);
        return (string[])reply!;
    }

    private static byte[] Pack(IReadOnlyList<string> texts)
    {
        var writer = new MsgPackWriter(16 + (texts.Count * 48));
        writer.List(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            writer.Text(texts[i]);
        }

        return writer.ToArray();
    }
}
