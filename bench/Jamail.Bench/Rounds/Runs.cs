namespace Jamail.Bench;

/// <summary>The runs of the comparison, with their counts. A run gives every figure that it can, which saves warm-ups.</summary>
internal static class Runs
{
    private const int Failures = 2;

    public static IReadOnlyList<Run> All(bool quick)
    {
        int Sized(int full) => quick ? full / 5 : full;
        var rest = Sized(1000);
        var work = new SideSpec { Kind = "jobs", Count = 0, Process = true, WarmupRestMs = rest };
        var bulk = work with { Bulk = 1000 };
        return
        [
            new(work with { Count = Sized(60_000), Warmup = Sized(40_000), Callers = 50, Concurrency = 50 },
            [
                Adds("add-concurrent", 3),
                new("redis-cpu", "µs/job", 2.5, static o => o.RedisCpuMicros / o.Jobs, LessIsBetter: true),
                new("client-cpu", "µs/job", 2, static o => (o.AddCpuMicros + o.ProcessCpuMicros) / o.Jobs, LessIsBetter: true),
                new("memory-waiting", "bytes/job", 1, static o => o.BytesWaiting / o.Jobs, LessIsBetter: true),
                new("memory-completed", "bytes/job", 1, static o => o.BytesCompleted / o.Jobs, LessIsBetter: true),
            ]),
            new(bulk with { Count = Sized(60_000), Warmup = Sized(40_000), Concurrency = 50 },
                [Adds("add-bulk", 4), Processes("process-50", 3)]),
            new(bulk with { Count = Sized(60_000), Warmup = Sized(40_000), Concurrency = 200 }, [Processes("process-200", 3)]),
            new(work with { Count = Sized(16_000), Warmup = Sized(8_000), Callers = 1, Concurrency = 1 },
                [Adds("add-sequential", 1.3), Processes("process-1", 1.5)]),
            new(bulk with { Count = Sized(24_000), Warmup = Sized(12_000), Concurrency = 50, WaitMs = 5 },
                [new("process-50-busy", "share of bare waits", 1, static o => o.ProcessRate / o.BareRate)]),
            new(bulk with { Count = Sized(12_000), Warmup = Sized(8_000), Concurrency = 50, Failures = Failures },
                [new("retries", "jobs/s", 2, static o => o.RunRate / (Failures + 1))]),
            new(new SideSpec { Kind = "flows", Count = Sized(30_000), Warmup = Sized(20_000), WarmupRestMs = rest }, [Adds("flow-add", 2)]),
            new(new SideSpec { Kind = "schedulers", Count = 1000, Warmup = Sized(32_000), WarmupRestMs = rest, Concurrency = 50 },
                [new("schedulers", "µs/run", 2, static o => (o.RedisCpuMicros + o.ProcessCpuMicros) / o.Jobs, LessIsBetter: true)])
            {
                Watch = TimeSpan.FromSeconds(quick ? 3 : 10),
            },
            new(new SideSpec { Kind = "latency", Count = Sized(2_000), Warmup = Sized(1_200), WarmupRestMs = rest, WaitMs = 2 },
            [
                new("latency-p50", "µs", 1.3, static o => o.Latency(0.50), LessIsBetter: true),
                new("latency-p99", "µs", 1.3, static o => o.Latency(0.99), LessIsBetter: true),
            ]),
            new(new SideSpec { Kind = "idle", Count = 20 },
                [new("idle", "commands/s", 1, static o => o.CommandsPerSecond, LessIsBetter: true)])
            {
                Watch = TimeSpan.FromSeconds(quick ? 5 : 20),
            },
        ];
    }

    private static Measure Adds(string name, double target) =>
        new(name, "jobs/s", target, static o => o.Jobs / o.AddSeconds);

    private static Measure Processes(string name, double target) => new(name, "jobs/s", target, static o => o.ProcessRate);
}
