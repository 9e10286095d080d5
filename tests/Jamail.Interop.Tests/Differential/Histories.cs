using System.Globalization;

namespace Jamail.Interop.Tests.Differential;

/// <summary>Builds states by random calls of the oracle's scripts, with some damage between them.</summary>
internal sealed class Histories(DifferentialRig rig)
{
    private static readonly (int Weight, string Script)[] Weights =
    [
        (10, "addStandardJob"), (4, "addDelayedJob"), (4, "addPrioritizedJob"), (5, "addParentJob"),
        (14, "moveToActive"), (9, "moveToFinished"), (2, "moveToDelayed"), (2, "retryJob"), (1, "moveJobFromActiveToWait"),
        (2, "moveToWaitingChildren"), (1, "moveStalledJobsToWait"), (1, "pause"), (3, "addJobScheduler"),
        (2, "updateJobScheduler"), (1, "promote"), (1, "changePriority"), (1, "changeDelay"), (1, "reprocessJob"),
        (1, "updateProgress"), (1, "addLog"), (1, "extendLocks"),
    ];

    private static readonly int Total = Weights.Sum(weight => weight.Weight);

    /// <summary>Empties the database and lives a history there; replies how late it is then.</summary>
    public long Live(Random random, string script)
    {
        rig.Redis.Call("FLUSHALL", "SYNC");
        var now = CallMaker.Start + random.Next(1000);
        var steps = random.Next(3, 40);
        rig.Theme = Theme.Choose(random, script) with { OfFive = rig.Oracle.IsFive };

        // Leaving some scripts out gives states that a mixture of all of them hardly reaches.
        var leftOut = Weights.Where(weight => random.Next(4) == 0).Select(weight => weight.Script).ToHashSet();
        var wholeSeconds = random.Next(2) == 0;
        for (var step = 0; step < steps; step++)
        {
            now += rig.Theme.StandsStill ? 0 : random.Next(4) switch { 0 => 0, 1 => random.Next(50), 2 => random.Next(5_000), _ => random.Next(90_000) };
            now = wholeSeconds ? now / 1000 * 1000 : now;
            if (random.Next(7) == 0)
            {
                Disturb(random, now);
            }

            var next = Choose(random);
            if (!leftOut.Contains(next))
            {
                rig.RunOracle(rig.MakerFor(random, now).Make(next));
            }
        }

        if (random.Next(2) == 0)
        {
            // As a worker does that wakes up.
            rig.Redis.Call("DEL", "bull:q:marker", "bull:p:marker");
        }

        now += rig.Theme.StandsStill ? 0 : random.Next(5_000);
        now = wholeSeconds ? now / 1000 * 1000 : now;
        return random.Next(4) == 0 ? Math.Max(now, FirstDue()) : now;
    }

    /// <summary>Brings about what a script is for, where histories seldom do.</summary>
    public void Prepare(string script, Random random, long now)
    {
        if (script is "moveToFinished" or "moveToDelayed" && random.Next(3) == 0)
        {
            rig.Redis.Call("DEL", "bull:q:wait", "bull:q:prioritized", "bull:q:limiter");
            rig.Redis.Call("HDEL", "bull:q:meta", "paused", "concurrency", "max");
        }

        if (script is "moveToFinished" or "finishJobs" && random.Next(2) == 0)
        {
            Finished(random, now);
        }

        if (script is "moveToFinished" or "finishJobs" && random.Next(3) == 0)
        {
            Defer();
        }

        if (script == "moveStalledJobsToWait" && random.Next(5) > 0)
        {
            Stall(random);
        }

        if (script == "obliterate" && random.Next(5) > 0)
        {
            rig.Redis.Call("HSET", "bull:q:meta", "paused", 1);
        }

        if (script is "cleanJobsInSet" or "moveJobsToWait" or "reprocessJob" && random.Next(2) == 0)
        {
            Finished(random, now);
        }

        if (script == "moveToWaitingChildren" && random.Next(3) > 0)
        {
            AwaitChildren(random, jobsOf100: 100);
        }

        if (script == "addFlows" && random.Next(4) > 0)
        {
            Leave(random, now);
        }

        if (script == "finishJobs" && random.Next(2) == 0)
        {
            AwaitChildren(random, jobsOf100: 40);
        }
    }

    // Jobs that are done already, some of them once a child of a job that flows are about to add, and parents with no open child.
    private void Leave(Random random, long now)
    {
        foreach (var queue in new[] { "bull:q:", "bull:p:" })
        {
            for (var i = random.Next(8); i > 0; i--)
            {
                rig.Redis.Call("ZADD", queue + "completed", now, "done-" + i);
                rig.Redis.Call("HSET", queue + "done-" + i, "name", "done", "data", "{}", "timestamp", now, "returnvalue", i);
                if (random.Next(3) == 0)
                {
                    rig.Redis.Call("HSET", queue + "done-" + i, "parentKey", "bull:q:flow-" + random.Next(4), "parent", "{}");
                }
            }

            for (var i = random.Next(4); i > 0; i--)
            {
                rig.Redis.Call("ZADD", queue + "waiting-children", now, "idle-" + i);
                rig.Redis.Call("HSET", queue + "idle-" + i, "name", "idle", "data", "{}", "delay", random.Next(2), "priority", random.Next(2));
                if (random.Next(4) == 0)
                {
                    rig.Redis.Call("HSET", queue + "idle-" + i, "flowAttachmentFailed", 1);
                }
            }
        }
    }

    // The running jobs are only to fail.
    private void Defer()
    {
        foreach (string id in ((List<object?>)rig.Redis.Call("LRANGE", "bull:q:active", 0, -1)!).Cast<string>())
        {
            rig.Redis.Call("HSET", "bull:q:" + id, "defa", "child failed");
        }
    }

    private void AwaitChildren(Random random, int jobsOf100)
    {
        foreach (string id in ((List<object?>)rig.Redis.Call("LRANGE", "bull:q:active", 0, -1)!).Cast<string>())
        {
            if (random.Next(100) >= jobsOf100)
            {
                continue;
            }

            rig.Redis.Call("SADD", $"bull:q:{id}:dependencies", "bull:q:child");
            if (random.Next(4) == 0)
            {
                rig.Redis.Call("ZADD", $"bull:q:{id}:unsuccessful", 1, "bull:q:other");
            }
        }
    }

    private void Finished(Random random, long now)
    {
        foreach (var state in new[] { "completed", "failed" })
        {
            for (var i = random.Next(5); i > 0; i--)
            {
                var age = random.Next(4) switch { 0 => 1_000, 1 => 25_000, 2 => 100_000, _ => 5_000_000 };
                var id = $"old-{state}-{i}";
                rig.Redis.Call("ZADD", "bull:q:" + state, now - age, id);
                rig.Redis.Call("HSET", "bull:q:" + id, "name", "old", "data", "{}", "timestamp", now - age);
            }

            rig.Redis.Call(
                "HSET", "bull:q:metrics:" + state, "count", 9, "prevTS", now - random.Next(300_000), "prevCount", random.Next(9));
        }
    }

    private void Stall(Random random)
    {
        foreach (var queue in new[] { "bull:q:", "bull:p:" })
        {
            rig.Redis.Call("DEL", queue + "stalled-check");
            foreach (string id in ((List<object?>)rig.Redis.Call("LRANGE", queue + "active", 0, -1)!).Cast<string>())
            {
                rig.Redis.Call("SADD", queue + "stalled", id);
                if (random.Next(3) > 0)
                {
                    rig.Redis.Call("DEL", queue + id + ":lock");
                }

                if (random.Next(3) == 0)
                {
                    rig.Redis.Call("HSET", queue + id, "stc", random.Next(3));
                }
            }
        }
    }

    private long FirstDue() =>
        rig.Redis.Call("ZRANGE", "bull:q:delayed", 0, 0, "WITHSCORES") is List<object?> { Count: 2 } first
            ? (long)(double.Parse((string)first[1]!, CultureInfo.InvariantCulture) / 4096)
            : 0;

    private static string Choose(Random random)
    {
        var at = random.Next(Total);
        foreach (var (weight, script) in Weights)
        {
            at -= weight;
            if (at < 0)
            {
                return script;
            }
        }

        return "addStandardJob";
    }

    private void Disturb(Random random, long now)
    {
        var queue = random.Next(5) == 0 ? "bull:p:" : "bull:q:";
        var active = rig.Redis.Call("LINDEX", queue + "active", 0) as string ?? "nobody";
        var waiting = rig.Redis.Call("LINDEX", queue + "wait", -1) as string ?? "nobody";
        object?[] command = random.Next(20) switch
        {
            0 => ["HSET", queue + "meta", "concurrency", random.Next(1, 5)],
            1 => ["HSET", queue + "meta", "max", random.Next(1, 4), "duration", 120_000],
            2 => ["HDEL", queue + "meta", "max", "duration", "concurrency"],
            3 => ["DEL", queue + active + ":lock"],
            4 => ["SET", queue + active + ":lock", "another:7", "PX", 600_000],
            5 => ["RPUSH", queue + "wait", random.Next(2) == 0 ? "0:0" : "0:1700000000000"],
            6 => ["DEL", queue + active],
            7 => ["SADD", queue + "stalled", active],
            8 => ["LPUSH", queue + "paused", "legacy-" + random.Next(3)],
            9 => ["DEL", queue + "stalled-check"],
            10 => ["HSET", queue + "metrics:completed", "count", 5, "prevTS", now - random.Next(200_000), "prevCount", 2],
            11 => ["HSET", queue + "metrics:failed", "count", 7, "prevTS", now - random.Next(200_000), "prevCount", 3],
            12 => ["HSET", queue + waiting, "defa", "child failed"],
            13 => ["DEL", queue + "marker"],
            14 or 15 =>
            [
                "EVAL", "local o = redis.call('GET', KEYS[1]) return o and redis.call('DEL', ARGV[1] .. o)", 1,
                queue + "de:d1", queue,
            ],
            16 => ["HDEL", queue + active, "parentKey"],
            // Streams have nodes of two entries here, so that even the approximate trimming shows.
            17 => ["HSET", queue + "meta", "opts.maxLenEvents", random.Next(2) == 0 ? 5_000 : 4],
            18 => ["HDEL", queue + "meta", "opts.maxLenEvents"],
            _ => ["SET", queue + "limiter", random.Next(1, 4), "PX", 240_000],
        };
        rig.Redis.Call(command);
    }
}
