namespace Jamail.Interop.Tests.Differential;

/// <summary>The scripts of one npm package, and what its calls look like.</summary>
internal sealed class Oracle(IReadOnlyDictionary<string, ScriptText> scripts, bool isFive)
{
    public bool IsFive => isFive;

    public IEnumerable<ScriptText> Scripts => scripts.Values;

    public string TextOf(string script) => scripts[script].Text;

    /// <summary>A call in the form of 6.7.0 as this package makes it: three scripts of 5.81.5 have other keys.</summary>
    public ScriptCall CallOf(ScriptCall call) => isFive ? OfFive(call) : call;

    private static ScriptCall OfFive(ScriptCall call)
    {
        var keys = call.Keys;
        return call.Script switch
        {
            "moveToDelayed" => call with { Keys = [.. keys.Take(10), Beside(keys[8], "paused"), keys[10]] },
            "reprocessJob" => call with { Keys = [.. keys.Take(5), Beside(keys[3], "paused"), keys[5], keys[6]] },
            "getCountsPerPriority" => call with { Keys = [keys[0], Beside(keys[0], "paused"), Beside(keys[0], "meta"), keys[1]] },
            // With a key there, 5.81.5 notes the next iteration in the job of the last one.
            "updateJobScheduler" => call with { Keys = [.. keys.Take(10), "", keys[11]] },
            _ => call,
        };
    }

    private static string Beside(string wait, string suffix) => wait[..(wait.LastIndexOf(':') + 1)] + suffix;
}
