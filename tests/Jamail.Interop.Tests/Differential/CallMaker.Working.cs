namespace Jamail.Interop.Tests.Differential;

internal sealed partial class CallMaker
{
    private ScriptCall ExtendLock()
    {
        var id = Id("active");
        return Call("extendLock", [Job(id) + ":lock", P + "stalled"], AnyToken(), LockMs + 1, id);
    }

    private ScriptCall ExtendLocks()
    {
        var ids = Queue.Of("active").Take(5).Append("nobody").ToList();
        return Call(
            "extendLocks", Keys("stalled"), P, Packed.Of(ids.Select(object? (_) => AnyToken()).ToList()),
            Packed.Of(ids.Cast<object?>().ToList()), LockMs + 1);
    }

    private ScriptCall Finish()
    {
        var id = Id("active");
        var completed = Chance(50);
        var target = completed ? "completed" : "failed";
        var field = completed ? "returnvalue" : "failedReason";
        var terms = Terms();
        terms["token"] = AnyToken();
        if (Chance(96))
        {
            terms["keepJobs"] = KeepJobs();
        }

        if (Chance(96))
        {
            terms["attempts"] = random.Next(4);
        }

        terms["maxMetricsSize"] = Chance(30) ? "" : Pick(0, 3, 100, 100);
        terms["fpof"] = Chance(50);
        return Call(
            "moveToFinished",
            [
                .. Keys("wait active prioritized events stalled limiter delayed paused meta pc"), P + target, Job(id),
                P + "metrics:" + target, P + "marker",
            ],
            id, now, field, completed ? "{\"ok\":true}" : "it failed", target, Chance(60) ? "1" : "0", P,
            Packed.Of(terms), completed ? "" : Fields());
    }

    private Map KeepJobs()
    {
        var keep = new Map();
        if (Chance(80))
        {
            keep["count"] = Pick(-1, 0, 1, 2);
        }

        if (Chance(40))
        {
            keep["age"] = Pick<object>(0, 20, 60.5, 3600);
        }

        if (Chance(40))
        {
            keep["limit"] = Pick(1, 2, 1000);
        }

        return keep;
    }

    private ScriptCall Delay()
    {
        var id = Id("active");
        var fetches = Chance(50);
        return Call(
            "moveToDelayed",
            [
                .. Keys("marker active prioritized delayed"), Job(id),
                .. Keys("events meta stalled wait limiter pc"),
            ],
            P, now, id, AnyToken(), Pick<object>(0, 1000, 60_000, 1500.5), Pick("0", "1"), Fields(), fetches ? "1" : "0",
            fetches ? Packed.Of(Terms()) : "");
    }

    private ScriptCall Retry()
    {
        var id = Id("active");
        return Call(
            "retryJob",
            [.. Keys("active wait paused"), Job(id), .. Keys("meta events delayed prioritized pc marker stalled")],
            P, now, Pick("LPUSH", "RPUSH"), id, AnyToken(), Fields());
    }

    private ScriptCall Return()
    {
        var id = Id("active");
        return Call(
            "moveJobFromActiveToWait", Keys("active wait stalled paused meta limiter prioritized marker events"),
            id, AnyToken(), Job(id));
    }

    private ScriptCall AwaitChildren()
    {
        var id = Id("active");
        var key = Job(id);
        return Call(
            "moveToWaitingChildren",
            [P + "active", P + "waiting-children", key, key + ":dependencies", key + ":unsuccessful", P + "stalled", P + "events"],
            AnyToken(), Chance(70) ? "" : main.Prefix + Id("wait"), now, id, P);
    }
}
