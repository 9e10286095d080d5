using Jamail.Queueing;

namespace Jamail.Interop.Tests.Differential;

/// <summary>One small state and one call, of BullMQ's script and of ours.</summary>
public abstract class OddityTest(DifferentialRig rig)
{
    protected const string P = "bull:q:";
    protected const long Now = 1_700_000_000_000;
    protected const string Token = "worker:1";

    private protected RespClient Redis => rig.Redis;

    /// <summary>Empties the database and runs Redis commands, one a line; @ stands for the prefix.</summary>
    protected void Given(string commands)
    {
        rig.Redis.Call("FLUSHALL", "SYNC");
        rig.Redis.Call("HSET", P + "meta", "opts.maxLenEvents", 10_000);
        foreach (var line in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var reply = rig.Redis.Call([.. line.Replace("@", P, StringComparison.Ordinal).Split(' ')]);
            Assert.False(reply is RespError, line);
        }
    }

    /// <summary>Runs both on the state that is there, asserts that they agree, and leaves what they left. Keys are suffixes.</summary>
    protected object? Both(string script, string keys, params object?[] arguments)
    {
        var call = CallOf(script, keys, arguments);
        var state = rig.Save();
        var expected = rig.PlayOracle(state, call);
        var found = rig.Play(state, [(rig.Ours[script].Text, call)]);
        Assert.Equal("", NamedScriptCase.Difference(call, 0, expected, found));
        return found.Replies[0];
    }

    /// <summary>Where we do otherwise on purpose: what BullMQ's script leaves is looked at first, then what ours leaves.</summary>
    protected void Each(
        string script, string keys, object?[] arguments, Action<object?> bullmq, Action<object?> ours, PausedLayout layout = PausedLayout.Wait)
    {
        var call = CallOf(script, keys, arguments);
        var state = rig.Save();
        bullmq(rig.PlayOracle(state, call).Replies[0]);
        var scripts = new LuaScriptCatalog(DifferentialRig.SourceFiles(), layout);
        ours(rig.Play(state, [(scripts[script].Text, call)]).Replies[0]);
    }

    protected static byte[] Pack(object? value) => Packed.Of(value);

    private protected static Map MapOf(params (string Key, object? Value)[] pairs)
    {
        var map = new Map();
        map.Pairs.AddRange(pairs);
        return map;
    }

    protected string Text(string key) => Assert.IsType<string>(rig.Redis.Call("GET", P + key));

    protected string? Field(string job, string field) => rig.Redis.Call("HGET", P + job, field) as string;

    protected bool Exists(string key) => (long)rig.Redis.Call("EXISTS", P + key)! == 1;

    protected string List(string key) => Joined(rig.Redis.Call("LRANGE", P + key, 0, -1));

    protected string Members(string key) => Joined(rig.Redis.Call("ZRANGE", P + key, 0, -1));

    /// <summary>Events as <c>waiting jobId=1 prev=active</c>, one a line.</summary>
    protected string Events(string stream = P + "events") => string.Join(
        '\n',
        ((List<object?>)rig.Redis.Call("XRANGE", stream, "-", "+")!).Select(entry =>
        {
            var fields = ((List<object?>)((List<object?>)entry!)[1]!).Cast<string>().ToList();
            return string.Join(' ', fields.Skip(2).Chunk(2).Select(pair => $"{pair[0]}={pair[1]}").Prepend(fields[1]));
        }));

    protected static string Joined(object? reply) => string.Join(' ', ((List<object?>)reply!).Cast<string>());

    private static ScriptCall CallOf(string script, string keys, object?[] arguments) =>
        new(script, [.. keys.Split(' ').Select(key => key == "-" ? "" : P + (key == "@" ? "" : key))], arguments);
}
