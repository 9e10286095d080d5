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
    public long Live(Random random, Func<string, bool>? allowed = null)
    {
        rig.Redis.Call("FLUSHALL", "SYNC");
        var now = CallMaker.Start + random.Next(1000);
        var steps = random.Next(3, 40);
        for (var step = 0; step < steps; step++)
        {
            now += random.Next(4) switch { 0 => 0, 1 => random.Next(50), 2 => random.Next(5_000), _ => random.Next(90_000) };
            if (random.Next(8) == 0)
            {
                Disturb(random);
            }

            var script = Choose(random);
            if (allowed?.Invoke(script) ?? true)
            {
                rig.RunOracle(rig.MakerFor(random, now).Make(script));
            }
        }

        return now + random.Next(5_000);
    }

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

    private void Disturb(Random random)
    {
        var queue = random.Next(5) == 0 ? "bull:p:" : "bull:q:";
        var active = rig.Redis.Call("LINDEX", queue + "active", 0) as string ?? "nobody";
        object?[] command = random.Next(12) switch
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
            10 => ["HSET", queue + "meta", "opts.maxLenEvents", 5_000],
            _ => ["SET", queue + "limiter", random.Next(1, 4), "PX", 240_000],
        };
        rig.Redis.Call(command);
    }
}
