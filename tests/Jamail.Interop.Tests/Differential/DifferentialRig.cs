using System.Globalization;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Differential;

/// <summary>A Redis of its own, the oracle's scripts and ours: everything that one comparison needs.</summary>
public class DifferentialRig : IAsyncLifetime
{
    private readonly Dictionary<string, string> _loaded = new(StringComparer.Ordinal);
    private RedisServer? _server;

    internal RespClient Redis { get; private set; } = null!;

    internal Theme Theme { get; set; } = Theme.Mixed;

    /// <summary>Our scripts as they are compared with 6.7.0.</summary>
    internal LuaScriptCatalog Ours { get; private set; } = null!;

    /// <summary>Whose scripts live the histories and are right.</summary>
    internal Oracle Oracle { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        _server = await RedisServer.StartNewAsync();
        Redis = new RespClient(_server.Host, _server.Port);
        Redis.Call("CONFIG", "SET", "stream-node-max-entries", 2);
        Ours = new LuaScriptCatalog(SourceFiles(), PausedLayout.Wait);
        await TakeOracleAsync(NodeClient.Six);
    }

    internal async Task TakeOracleAsync(string package) => Oracle = await OracleScripts.LoadAsync(package);

    public async Task DisposeAsync()
    {
        Redis?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal CallMaker MakerFor(Random random, long now, bool onlyMain = false)
    {
        var views = Views();
        return new CallMaker(random, views[0], views[1], now, Theme, onlyMain);
    }

    /// <summary>The main queue and the one that most parents are in.</summary>
    internal IReadOnlyList<QueueView> Views()
    {
        var views = (List<object?>)Redis.Call("EVALSHA", Load(QueueView.Script), 0, "bull:q:", "bull:p:")!;
        return [new QueueView("bull:q", views[0]), new QueueView("bull:p", views[1])];
    }

    internal QueueView ViewOfMain() =>
        new("bull:q", ((List<object?>)Redis.Call("EVALSHA", Load(QueueView.Script), 0, "bull:q:")!)[0]);

    internal object? RunOracle(ScriptCall call) => Redis.Call(Command(Oracle.TextOf(call.Script), Oracle.CallOf(call)));

    /// <summary>What the oracle makes of a call on a state.</summary>
    internal (List<object?> Replies, Snapshot State) PlayOracle(IReadOnlyList<object?> state, ScriptCall call) =>
        Play(state, [(Oracle.TextOf(call.Script), Oracle.CallOf(call))]);

    /// <summary>The state as it is, to be put back any number of times.</summary>
    internal IReadOnlyList<object?> Save()
    {
        const string Dump = """
            local out = {}
            for _, key in ipairs(redis.call('KEYS', '*')) do
              out[#out + 1] = {key, redis.call('DUMP', key), redis.call('PEXPIRETIME', key)}
            end
            return out
            """;
        return (List<object?>)Redis.Call("EVALSHA", Load(Dump), 0)!;
    }

    /// <summary>Puts a state back, runs calls in one transaction each, and reads everything after the last.</summary>
    internal (List<object?> Replies, Snapshot State) Play(
        IReadOnlyList<object?> state, IReadOnlyList<(string Text, ScriptCall Call)> calls, bool jsonByValue = false)
    {
        var snapshotScript = Load(Snapshot.Script);
        var commands = calls.Select(call => Command(call.Text, call.Call)).ToList();
        SendRestore(state);
        Redis.Send("MULTI");
        Redis.Send("TIME");
        foreach (var command in commands)
        {
            Redis.Send(command);
        }

        Redis.Send("TIME");
        Redis.Send("EVALSHA", snapshotScript, 0);
        Redis.Send("EXEC");
        var results = (List<object?>)Redis.Receive()[^1]!;
        var (started, ended) = (Milliseconds(results[0]), Milliseconds(results[^2]));
        return (results[1..^2], Snapshot.Read(results[^1], started, ended - started, jsonByValue));
    }

    /// <summary>Puts a state back.</summary>
    internal void Restore(IReadOnlyList<object?> state)
    {
        SendRestore(state);
        Redis.Receive();
    }

    internal long ServerMs() => Milliseconds(Redis.Call("TIME"));

    /// <summary>Everything as it is, beside the time at which the calls that made it began.</summary>
    internal Snapshot Read(long startedMs)
    {
        var tookMs = ServerMs() - startedMs;
        return Snapshot.Read(Redis.Call("EVALSHA", Load(Snapshot.Script), 0), startedMs, tookMs, jsonByValue: true);
    }

    private static long Milliseconds(object? time)
    {
        var parts = (List<object?>)time!;
        return (long.Parse((string)parts[0]!, CultureInfo.InvariantCulture) * 1000)
            + (long.Parse((string)parts[1]!, CultureInfo.InvariantCulture) / 1000);
    }

    private void SendRestore(IReadOnlyList<object?> state)
    {
        Redis.Send("FLUSHALL", "SYNC");
        foreach (var entry in state.Cast<List<object?>>())
        {
            var expiresAt = (long)entry[2]!;
            if (expiresAt > 0)
            {
                Redis.Send("RESTORE", entry[0], expiresAt, entry[1], "ABSTTL");
            }
            else
            {
                Redis.Send("RESTORE", entry[0], 0, entry[1]);
            }
        }
    }

    /// <summary>Our Lua files as they lie in the working copy, by their path below <c>lua/</c>.</summary>
    internal static Dictionary<string, string> SourceFiles()
    {
        var root = Repository.PathOf("src", "Jamail.Queueing", "Scripts", "lua");
        return Directory.EnumerateFiles(root, "*.lua", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
    }

    /// <summary>A command that runs a script; the script is loaded.</summary>
    internal object?[] Command(string text, ScriptCall call) =>
        ["EVALSHA", Load(text), call.Keys.Count, .. call.Keys, .. call.Arguments];

    private string Load(string text)
    {
        if (!_loaded.TryGetValue(text, out var hash))
        {
            hash = Redis.Call("SCRIPT", "LOAD", text) as string
                ?? throw new InvalidOperationException("Redis refused a script: " + text[..Math.Min(200, text.Length)]);
            _loaded.Add(text, hash);
        }

        return hash;
    }
}
