namespace Jamail.Interop.Tests.Differential;

internal sealed partial class CallMaker
{
    private static readonly string[] AllStates =
        ["wait", "paused", "active", "prioritized", "delayed", "waiting-children", "completed", "failed"];

    private ScriptCall MakeMaintenance(string script)
    {
        var any = Id(Pick(AllStates));
        return script switch
        {
            "changeDelay" => ChangeDelay(),
            "changePriority" => Call(
                script, Keys("wait paused meta prioritized active pc marker"), Pick(0, 0, 1, 5), P,
                Id(Pick("wait", "prioritized")), Pick("0", "1")),
            "promote" => Call(
                script, Keys("delayed wait paused meta prioritized active pc events marker"), P, Id("delayed")),
            "moveJobsToWait" => MoveJobsToWait(),
            "reprocessJob" => Reprocess(),
            "removeDeduplicationKey" => Call(script, [P + "de:" + Pick("d1", "d2")], any),
            "updateData" => Call(script, [Job(any)], "{\"new\":1}"),
            "updateProgress" => Call(script, [Job(any), P + "events", P + "meta"], any, "42"),
            "addLog" => Call(script, [Job(any), Job(any) + ":logs"], any, "row", Pick<object?>("", 1, 2)),
            "saveStacktrace" => Call(script, [Job(any)], "[\"at\"]", "reason"),
            "pause" => Pause(),
            "drain" => Call(script, Keys("wait paused delayed prioritized repeat"), P, Pick("0", "1")),
            "cleanJobsInSet" => Clean(),
            "obliterate" => Call(script, [P + "meta", P], Pick(1, 2, 5, 1000), Pick("", "force")),
            "removeJob" => Call(script, [Job(any), P + "repeat"], any, Pick("0", "1"), P),
            "removeUnprocessedChildren" => RemoveUnprocessed(),
            "removeChildDependency" => RemoveChild(),
            "removeOrphanedJobs" => RemoveOrphans(),
            _ => MakeReading(script, any),
        };
    }

    private ScriptCall ChangeDelay()
    {
        var id = Id("delayed");
        return Call(
            "changeDelay", Keys("delayed meta marker events"), Pick<object>(0, 1000, 60_000, 7000.5), now, id, Job(id));
    }

    private ScriptCall MoveJobsToWait()
    {
        var state = Pick("failed", "completed", "delayed");
        return Call(
            "moveJobsToWait", [P, P + "events", P + state, .. Keys("wait paused meta active marker")],
            Pick(1, 2, 1000), state == "delayed" || Chance(50) ? "1.7976931348623157e+308" : now, state);
    }

    private ScriptCall Reprocess()
    {
        var completed = Chance(50);
        var state = completed ? "completed" : "failed";
        var id = Id(state);
        return Call(
            "reprocessJob", [Job(id), P + "events", P + state, .. Keys("wait meta active marker prioritized pc")],
            id, Pick("LPUSH", "RPUSH"), completed ? "returnvalue" : "failedReason", state, Pick("0", "1"), Pick("0", "1"));
    }

    private ScriptCall Pause()
    {
        var pausing = Chance(50);
        List<string> lists = pausing ? ["wait", "paused"] : ["paused", "wait"];
        return Call(
            "pause", [.. lists.Select(list => P + list), .. Keys("meta prioritized events delayed marker")],
            pausing ? "paused" : "resumed", Pick("0", "1", "1"));
    }

    private ScriptCall Clean()
    {
        var state = Pick("completed", "failed", "wait", "paused", "active", "delayed", "prioritized");
        return Call(
            "cleanJobsInSet", [P + state, P + "events", P + "repeat"], P, now - Pick(0, 5000, 100_000), Pick(0, 1, 2, 1000), state);
    }

    private ScriptCall RemoveUnprocessed()
    {
        var owner = Chance(80) ? parents : main;
        var ids = owner.Of("waiting-children");
        var id = ids.Count > 0 ? ids[random.Next(ids.Count)] : "gone";
        return Call("removeUnprocessedChildren", [owner.Prefix + id, owner.Prefix + "meta"], owner.Prefix, id);
    }

    private ScriptCall RemoveChild()
    {
        var child = Job(Id(Pick("wait", "delayed", "active", "prioritized")));
        var waiting = parents.Of("waiting-children");
        var parent = waiting.Count > 0 && Chance(90) ? waiting[random.Next(waiting.Count)] : "gone";
        return Call("removeChildDependency", [P], child, parents.Prefix + parent);
    }

    private ScriptCall RemoveOrphans()
    {
        string[] states = ["wait", "active", "delayed", "completed", "failed", "waiting-children", "prioritized", "stalled", "meta"];
        string[] suffixes = ["logs", "dependencies", "processed", "failed", "unsuccessful", "lock"];
        return Call(
            "removeOrphanedJobs", [P],
            [states.Length, .. states, suffixes.Length, .. suffixes, .. AllIds(Queue).Take(6), "1", "2", "3", "job-1", "nobody"]);
    }

    private ScriptCall MakeReading(string script, string any)
    {
        var key = Job(any);
        return script switch
        {
            "getCounts" => Call(script, [P], [.. Chance(40) ? [now + 30_000] : Array.Empty<object?>(), .. AllStates]),
            "getCountsPerPriority" => Call(script, Keys("wait prioritized"), 0, 1, 2, 7),
            "getDependencyCounts" => Call(
                script, [key + ":processed", key + ":dependencies", key + ":failed", key + ":unsuccessful"],
                "processed", "unprocessed", "ignored", "failed"),
            "getRanges" => Call(
                script, [P], [Pick(0, 1, -2), Pick(-1, 0, 2, 10), Pick("0", "1"), .. AllStates]),
            "getJobs" => Call(
                script, [P], [Pick(0, 1, 2, -2), Pick(-1, 0, 2, 10), Pick("0", "1"), Pick(1, 5), .. AllStates]),
            "getMetrics" => Call(script, Keys("metrics:completed metrics:completed:data"), 0, Pick(-1, 1)),
            "getRateLimitTtl" => Call(script, Keys("limiter meta"), Pick(0, 1, 100)),
            "getState" or "getStateV2" => Call(
                script, Keys("completed failed delayed active wait paused waiting-children prioritized"), any),
            "isFinished" => Call(script, [P + "completed", P + "failed", key], any, Pick("", "1")),
            "isJobInList" => Call(script, Keys("wait"), Id("wait")),
            "isMaxed" => Call(script, Keys("meta active")),
            "paginate" => Paginate(),
            _ => throw new ArgumentException($"No generator for script '{script}'.", nameof(script)),
        };
    }

    private ScriptCall Paginate()
    {
        var owner = Chance(80) ? parents : main;
        var ids = AllIds(owner);
        var id = ids.Count > 0 ? ids[random.Next(ids.Count)] : "gone";
        var key = owner.Prefix + id + Pick(":dependencies", ":processed", ":failed", "");
        var arguments = new List<object?> { Pick(0, 1, 2), Pick(-1, 0, 3), "0", 0, 5 };
        if (Chance(40))
        {
            arguments.Add("1");
        }

        return Call("paginate", [Chance(90) ? key : owner.Prefix + "completed"], [.. arguments]);
    }
}
