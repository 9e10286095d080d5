namespace Jamail.Interop.Tests.Differential;

/// <summary>States for groups of 1 to 256 items, small ones more often.</summary>
internal static class GroupCases
{
    public const int Largest = 256;

    public static (int Size, Func<string, string> Compare) Finish(DifferentialRig rig, int number)
    {
        var random = new Random(Seeds.Of("group of outcomes", number));
        var now = LiveWithoutOldMarkers(rig, random, "finishJobs");
        var most = SizeOf(random, number);
        MakeActive(rig, random, now, most);
        new Histories(rig).Prepare("finishJobs", random, now);
        if (random.Next(2) == 0)
        {
            rig.Redis.Call("DEL", "bull:q:marker");
        }

        var group = new GroupCase(rig, random);
        var compare = group.Prepare(rig.Save(), rig.ViewOfMain(), now + random.Next(90_000), most);
        return (group.Size, compare);
    }

    public static (int Size, Func<string, string> Compare) Add(DifferentialRig rig, int number)
    {
        var random = new Random(Seeds.Of("group of adds", number));
        var now = LiveWithoutOldMarkers(rig, random, "addStandardJob");
        var maker = rig.MakerFor(random, now, onlyMain: true);
        var size = SizeOf(random, number);
        return (size, GroupAddCase.Prepare(rig, random, rig.Save(), maker, size));
    }

    public static (int Size, Func<string, string> Compare) Flow(DifferentialRig rig, int number)
    {
        var random = new Random(Seeds.Of("group of flows", number));
        var now = LiveWithoutOldMarkers(rig, random, "addParentJob");
        new Histories(rig).Prepare("addFlows", random, now);
        var maker = new FlowMaker(random, rig.Views(), now);
        var size = SizeOf(random, number);
        var flows = new List<List<FlowMaker.Node>>();
        for (var left = size; left > 0; left -= flows[^1].Count)
        {
            flows.Add(maker.Make(random.Next(3) == 0 ? random.Next(1, left + 1) : Math.Min(left, random.Next(1, 8))));
        }

        return (size, new FlowCase(rig, now).Prepare(rig.Save(), flows));
    }

    public static (int Size, Func<string, string> Compare) Schedulers(DifferentialRig rig, int number)
    {
        var random = new Random(Seeds.Of("group of schedulers", number));
        var now = LiveWithoutOldMarkers(rig, random, "updateJobScheduler");
        var size = SizeOf(random, number);
        for (var i = random.Next(1 + size); i > 0; i--)
        {
            rig.RunOracle(rig.MakerFor(random, now, onlyMain: true).Make("addJobScheduler"));
        }

        var maker = rig.MakerFor(random, now, onlyMain: true);
        return (size, GroupSchedulersCase.Prepare(rig, rig.Save(), maker, now, size));
    }

    private static int SizeOf(Random random, int number) => number switch
    {
        0 => 1,
        1 => Largest,
        _ => (int)Math.Pow(Largest + 1, random.NextDouble()),
    };

    // A group trims the events once, and drops the markers of versions before 5 and goes on where single scripts do other things
    // (CONTRACT.md, 18).
    private static long LiveWithoutOldMarkers(DifferentialRig rig, Random random, string script)
    {
        var now = new Histories(rig).Live(random, script);
        foreach (var meta in new[] { "bull:q:meta", "bull:p:meta" })
        {
            if (rig.Redis.Call("HGET", meta, "opts.maxLenEvents") is not null)
            {
                rig.Redis.Call("HSET", meta, "opts.maxLenEvents", 10_000);
            }
        }

        foreach (var marker in new[] { "0:0", "0:1700000000000" })
        {
            foreach (var list in new[] { "bull:q:wait", "bull:q:active", "bull:p:wait", "bull:p:active" })
            {
                rig.Redis.Call("LREM", list, 0, marker);
            }
        }

        return now;
    }

    private static void MakeActive(DifferentialRig rig, Random random, long now, int count)
    {
        // The first cases are to have their full size.
        var freed = random.Next(4) > 0 || count == Largest;
        if (freed)
        {
            rig.Redis.Call("HDEL", "bull:q:meta", "paused", "concurrency", "max");
            rig.Redis.Call("DEL", "bull:q:limiter");
        }

        var maker = rig.MakerFor(random, now, onlyMain: true);
        // Some adds are duplicates and some fetches are refused, so there are more of them than jobs wanted.
        for (var i = 0; i < 4 * count && Count("LLEN", "bull:q:wait") + Count("ZCARD", "bull:q:prioritized") < count; i++)
        {
            rig.RunOracle(maker.Make(random.Next(6) == 0 ? "addPrioritizedJob" : "addStandardJob"));
        }

        for (var i = 0; i < 4 * count && Count("LLEN", "bull:q:active") < count; i++)
        {
            rig.RunOracle(maker.Make("moveToActive"));
            if (freed)
            {
                // A fetch may set a limit, which holds up the next ones for as long as the machine is quick.
                rig.Redis.Call("DEL", "bull:q:limiter");
            }
        }

        for (var i = random.Next(12); i > 0; i--)
        {
            rig.RunOracle(maker.Make("addStandardJob"));
        }

        long Count(string command, string key) => rig.Redis.Call(command, key) as long? ?? 0;
    }
}
