namespace Jamail.Interop.Tests.Differential;

internal sealed partial class CallMaker
{
    private static readonly string[] ChosenIds = ["job-1", "job-2", "job-3", "job-4", "job-5", "job-6"];
    private static readonly string[] SchedulerIds = ["s1", "s2", "every:five"];

    private ScriptCall Add(string script, string keys)
    {
        var (arguments, data, options) = AddParts(script);
        return Call(script, Keys(keys), Packed.Of(arguments), data, Packed.Of(options));
    }

    /// <summary>The list, the data and the options of an add, before they are packed.</summary>
    internal (List<object?> Arguments, string Data, Map Options) AddParts(string script)
    {
        string? parentKey = null;
        Map? parent = null;
        if (Chance(theme.ParentPercent))
        {
            var owner = Chance(75) ? parents : main;
            var waiting = owner.Of("waiting-children");
            var ids = waiting.Count > 0 && Chance(85) ? waiting : AllIds(owner);
            var parentId = ids.Count > 0 && Chance(94) ? ids[random.Next(ids.Count)] : "gone";
            parentKey = owner.Prefix + parentId;
            parent = new Map { ["id"] = parentId, ["queueKey"] = owner.Name };
            if (Chance(70))
            {
                parent[Pick("fpof", "cpof", "idof", "rdof")] = true;
            }
        }

        var options = Options(script);
        var dedup = (options["de"] as Map)?["id"] as string;
        var withDependencies = parentKey is not null && Chance(95);
        var arguments = new List<object?>
        {
            P, ChosenId(), "name-" + random.Next(3), theme.StandsStill ? now : now - random.Next(3) * 1000, parentKey,
            withDependencies ? parentKey + ":dependencies" : null, parent, Chance(5) ? Pick(SchedulerIds) : null,
            dedup is null ? null : P + "de:" + dedup, Chance(50) && !theme.OfFive ? 1 : null,
        };
        return (arguments, "{\"n\":" + random.Next(1000) + "}", options);
    }

    private string ChosenId()
    {
        if (Chance(60))
        {
            return "";
        }

        return Chance(theme.ParentPercent) ? Id(Pick("completed", "completed", "wait", "failed", "delayed")) : Pick(ChosenIds);
    }

    private Map Options(string script)
    {
        var options = new Map();
        if (Chance(70))
        {
            options["attempts"] = random.Next(4);
        }

        if (script == "addDelayedJob" || Chance(10))
        {
            options["delay"] = Pick<object>(1, 1000, 60_000, 60_000, 0.4, 30_000.25, -5);
        }

        if (script == "addPrioritizedJob" || Chance(15))
        {
            options["priority"] = Pick<object>(1, 1, 2, 7, 2_097_151);
        }

        if (Chance(15))
        {
            options["lifo"] = Chance(80);
        }

        if (Chance(20))
        {
            options["removeOnComplete"] = new Map { ["count"] = 2, ["age"] = 3600 };
        }

        if (Chance(theme.DedupPercent))
        {
            options["de"] = Deduplication();
        }

        return options;
    }

    private Map Deduplication()
    {
        var deduplication = new Map { ["id"] = Pick("d1", "d1", "d2") };
        void Maybe(int percent, string name, object value)
        {
            if (Chance(percent))
            {
                deduplication[name] = value;
            }
        }

        Maybe(60, "ttl", Pick(120_000, 120_000, 120_000, 0));
        Maybe(35, "extend", true);
        Maybe(35, "replace", true);
        Maybe(45, "keepLastIfActive", true);
        if (!theme.OfFive)
        {
            Maybe(30, "reschedule", true);
        }

        return deduplication;
    }

    private ScriptCall ReleaseParent()
    {
        var owner = Chance(80) ? parents : main;
        var ids = owner.Of("waiting-children");
        var id = ids.Count > 0 && Chance(90) ? ids[random.Next(ids.Count)] : "gone";
        var key = owner.Prefix + id;
        return Call("releaseParentIfNoPendingDependencies", [key, key + ":dependencies"], owner.Name, id, now);
    }

    private string SchedulerId() => Chance(90) ? Pick(SchedulerIds) : "nobody";

    private ScriptCall AddScheduler()
    {
        var id = SchedulerId();
        var record = new Map { ["name"] = "tick" };
        var byPattern = Chance(40);
        if (byPattern)
        {
            record["pattern"] = "* * * * *";
        }
        else
        {
            record["every"] = Pick(1000, 60_000, 300_000);
        }

        if (Chance(20))
        {
            record["startDate"] = now + Pick(-5000, 90_000);
        }

        if (Chance(20))
        {
            record["tz"] = "Europe/Berlin";
        }

        if (Chance(15))
        {
            record["limit"] = 3;
        }

        if (Chance(20))
        {
            record["offset"] = Pick(0, 500, 59_000);
        }

        var template = Chance(50) ? new Map() : new Map { ["attempts"] = 2 };
        var options = new Map { ["attempts"] = 1, ["prevMillis"] = now };
        if (Chance(70))
        {
            options["repeat"] = Chance(50) ? new Map { ["count"] = 1 } : new Map { ["count"] = 1, ["offset"] = 250 };
        }

        if (Chance(20))
        {
            options["priority"] = 2;
        }

        if (Chance(20))
        {
            options["de"] = Deduplication();
        }

        return Call(
            "addJobScheduler", Keys("repeat delayed wait paused meta prioritized marker id events pc active"),
            byPattern ? Start + random.Next(1, 6) * 60_000 : "", Packed.Of(record), id, Pick("{}", "{\"from\":\"template\"}"),
            Packed.Of(template), Packed.Of(options), now, P, "");
    }

    /// <summary>The options in the last call of updateJobScheduler, not packed.</summary>
    public Map LastSchedulerOptions { get; private set; } = new();

    private ScriptCall UpdateScheduler()
    {
        var repeat = Queue.Of("repeat");
        var id = SchedulerId();
        var score = now.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (repeat.Count > 0 && Chance(90))
        {
            var at = random.Next(repeat.Count / 2) * 2;
            (id, score) = (repeat[at], repeat[at + 1]);
        }

        var options = new Map { ["attempts"] = 1 };
        if (Chance(80))
        {
            options["repeat"] = Chance(50) ? new Map { ["count"] = 2, ["every"] = 60_000 } : new Map { ["count"] = 2, ["offset"] = 250 };
        }

        if (Chance(20))
        {
            options["priority"] = Pick(1, 2, 9);
        }

        if (Chance(20))
        {
            options["lifo"] = true;
        }

        if (Chance(20))
        {
            options["de"] = Deduplication();
        }

        LastSchedulerOptions = options;
        return Call(
            "updateJobScheduler", Keys("repeat delayed wait paused meta prioritized marker id events pc nobody active"),
            Chance(70) ? Start + random.Next(1, 9) * 60_000 : "", id, "{}", Packed.Of(options), now, P,
            Chance(90) ? $"repeat:{id}:{score}" : "repeat:other:1");
    }
}
