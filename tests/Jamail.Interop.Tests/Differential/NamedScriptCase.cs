namespace Jamail.Interop.Tests.Differential;

/// <summary>One comparison of one script.</summary>
internal static class NamedScriptCase
{
    private static readonly HashSet<string> RepliesTimeToLive =
        ["moveToActive", "moveToFinished", "moveToDelayed", "moveJobFromActiveToWait", "getRateLimitTtl"];

    /// <summary>What differs between BullMQ's text and the given one, in words; empty when nothing does.</summary>
    public static string Run(DifferentialRig rig, string script, int number, string text)
    {
        var random = new Random(HashCode(script, number));
        var histories = new Histories(rig);
        var now = histories.Live(random, script);
        histories.Prepare(script, random, now);
        if (Excluded(rig, script))
        {
            return "";
        }

        var call = rig.MakerFor(random, now).Make(script);
        var state = rig.Save();
        var expected = rig.Play(state, [(rig.Oracle[script].Text, call)]);
        var found = rig.Play(state, [(text, call)]);
        var elapsed = found.State.ServerMs - expected.State.ServerMs;
        var same = ReplyText.Same(
            expected.Replies[0], found.Replies[0], RepliesTimeToLive.Contains(script) ? elapsed : null,
            expected.State.TookMs + found.State.TookMs);
        var difference = expected.State.Compare(found.State);
        return difference.Length == 0 && same
            ? ""
            : $"--- case {number}: {call}\nreply expected {ReplyText.Of(expected.Replies[0])}\n"
                + $"reply found    {ReplyText.Of(found.Replies[0])}"
                + $"{(found.Replies[0] is RespError error ? " " + error.Text : "")}\n{difference}";
    }

    // The states where we do better than BullMQ on purpose: CONTRACT.md names the rows.
    private static bool Excluded(DifferentialRig rig, string script) => script switch
    {
        "drain" => HasSchedulers(rig),
        "moveToFinished" or "moveToDelayed" => IsMarkerNext(rig, "bull:q:") || IsMarkerNext(rig, "bull:p:"),
        _ => false,
    };

    private static bool HasSchedulers(DifferentialRig rig) =>
        (long)rig.Redis.Call("EXISTS", "bull:q:repeat", "bull:p:repeat")! > 0;

    private static bool IsMarkerNext(DifferentialRig rig, string queue) =>
        Equals(rig.Redis.Call("LINDEX", queue + "wait", -1), "0:0")
        && (long)rig.Redis.Call("ZCARD", queue + "prioritized")! == 0;

    private static int HashCode(string script, int number)
    {
        var hash = DifferentialRig.Seed;
        foreach (var letter in script)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return unchecked((hash * 31) + number);
    }
}
