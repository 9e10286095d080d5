namespace Jamail.Interop.Tests.Differential;

/// <summary>One comparison of one script.</summary>
internal static class NamedScriptCase
{
    private static readonly HashSet<string> RepliesTimeToLive =
        ["moveToActive", "moveToFinished", "moveToDelayed", "moveJobFromActiveToWait", "getRateLimitTtl"];

    /// <summary>
    /// Makes a state and a call, and has the oracle run it. Replies what tells how another text differs from that, in words
    /// (empty: not at all); nothing where the state is one that is not compared.
    /// </summary>
    public static Func<string, string>? Prepare(DifferentialRig rig, string script, int number)
    {
        var random = new Random(Seeds.Of(script, number));
        var histories = new Histories(rig);
        var now = histories.Live(random, script);
        histories.Prepare(script, random, now);
        var call = rig.MakerFor(random, now).Make(script);
        return Excluded(rig, call) ? null : Compare(rig, call, number);
    }

    /// <summary>The same for a call on the state that is there.</summary>
    public static Func<string, string> Compare(DifferentialRig rig, ScriptCall call, int number)
    {
        var state = rig.Save();
        var expected = rig.PlayOracle(state, call);
        return text =>
        {
            var found = rig.Play(state, [(text, call)]);
            return Difference(call, number, expected, found);
        };
    }

    public static string Difference(
        ScriptCall call, int number, (List<object?> Replies, Snapshot State) expected, (List<object?> Replies, Snapshot State) found)
    {
        var elapsed = found.State.ServerMs - expected.State.ServerMs;
        var same = ReplyText.Same(
            JobByName(call, expected.Replies[0]), JobByName(call, found.Replies[0]), RepliesTimeToLive.Contains(call.Script) ? elapsed : null,
            expected.State.TookMs + found.State.TookMs);
        var difference = expected.State.Compare(found.State);
        return difference.Length == 0 && same
            ? ""
            : $"--- case {number}: {call}\nreply expected {ReplyText.Of(expected.Replies[0])}\n"
                + $"reply found    {ReplyText.Of(found.Replies[0])}"
                + $"{(found.Replies[0] is RespError error ? " " + error.Text : "")}\n{difference}";
    }

    // The fields of a hash have no order: in the reply it depends on how they were written and on how Redis keeps them.
    private static object? JobByName(ScriptCall call, object? reply) =>
        call.Script is "moveToActive" or "moveToFinished" or "moveToDelayed" && reply is List<object?> { Count: > 0 } taken && taken[0] is List<object?> fields
            ? new List<object?>([fields.Chunk(2).OrderBy(field => (string)field[0]!, StringComparer.Ordinal).SelectMany(field => field).ToList(), .. taken.Skip(1)])
            : reply;

    // The states where we do better than BullMQ on purpose: CONTRACT.md names the rows, and OddityTests shows them.
    public static bool Excluded(DifferentialRig rig, ScriptCall call) => call.Script switch
    {
        "drain" => Exists(rig, "repeat"),
        "changePriority" => rig.Redis.Call("LPOS", call.Keys[1], call.Arguments[2]) is not null,
        "moveToFinished" or "moveToDelayed" => IsMarkerNext(rig, "bull:q:") || IsMarkerNext(rig, "bull:p:"),
        _ => false,
    };

    private static bool Exists(DifferentialRig rig, string suffix) =>
        (long)rig.Redis.Call("EXISTS", "bull:q:" + suffix, "bull:p:" + suffix)! > 0;

    private static bool IsMarkerNext(DifferentialRig rig, string queue) =>
        Equals(rig.Redis.Call("LINDEX", queue + "wait", -1), "0:0")
        && (long)rig.Redis.Call("ZCARD", queue + "prioritized")! == 0;
}
