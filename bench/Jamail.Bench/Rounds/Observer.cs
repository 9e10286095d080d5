using System.Globalization;
using Jamail.TestSupport;
using StackExchange.Redis;

namespace Jamail.Bench;

/// <summary>Looks at Redis from outside: costs while a run goes on, and afterwards whether everything was done, once.</summary>
internal sealed class Observer(RedisServer redis, SideSpec spec)
{
    private const string EventsOfAdding = "added waiting";
    private const string EventsOfWork = "added waiting active completed drained";
    private static readonly RedisValue[] Runs = ["ats", "atm", "returnvalue", "finishedOn"];

    private readonly IDatabase _database = redis.Database;

    public async Task<double> CpuMicrosAsync()
    {
        var cpu = await InfoAsync("cpu");
        return (Number(cpu, "used_cpu_user") + Number(cpu, "used_cpu_sys")) * 1e6;
    }

    public async Task<double> MemoryAsync() => Number(await InfoAsync("memory"), "used_memory");

    /// <summary>Commands so far, those of scripts and of this observer included.</summary>
    public async Task<double> CommandsAsync() => Number(await InfoAsync("stats"), "total_commands_processed");

    public async Task WaitUntilCompletedAsync(TimeSpan within)
    {
        using var bound = new CancellationTokenSource(within);
        while (await _database.SortedSetLengthAsync(Key("completed")) < spec.Count)
        {
            if (bound.IsCancellationRequested)
            {
                throw new VoidRunException(
                    $"{await _database.SortedSetLengthAsync(Key("completed"))} of {spec.Count} jobs completed within {within}.");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Jobs a second, from the end of the first twentieth to the last one.</summary>
    public async Task<double> ProcessRateAsync()
    {
        var skipped = spec.Count / 20;
        var first = await _database.SortedSetRangeByRankWithScoresAsync(Key("completed"), skipped, skipped);
        var last = await _database.SortedSetRangeByRankWithScoresAsync(Key("completed"), -1, -1);
        return (spec.Count - 1 - skipped) / (last[0].Score - first[0].Score) * 1000;
    }

    public async Task CheckAddedAsync()
    {
        Expect("jobs waiting", spec.Count, await _database.ListLengthAsync(Key("wait")));
        await CheckEventsAsync(EventsOfAdding, 2L * spec.Count);
    }

    /// <summary>Every job completed, with as many runs as it needs and no more, and the events that BullMQ has for that.</summary>
    public async Task CheckCompletedAsync()
    {
        await CheckJobsAsync(spec.Count);

        // A retry is one waiting and one active more.
        await CheckEventsAsync(EventsOfWork, (4L + 2 * spec.Failures) * spec.Count);
    }

    /// <param name="count">How many have been completed.</param>
    /// <param name="leavesBacklogOut">Look at none of those that <see cref="Backlog"/> wrote.</param>
    public async Task CheckJobsAsync(int count, bool leavesBacklogOut = false)
    {
        Expect("jobs waiting", 0, await _database.ListLengthAsync(Key("wait")));
        Expect("jobs active", 0, await _database.ListLengthAsync(Key("active")));
        Expect("jobs failed", 0, await _database.SortedSetLengthAsync(Key("failed")));
        var ids = (await _database.SortedSetRangeByRankAsync(Key("completed")))
            .Where(id => !leavesBacklogOut || !((string)id!).StartsWith(Backlog.IdPrefix, StringComparison.Ordinal)).ToArray();
        Expect("jobs completed", count, ids.Length);
        foreach (var batch in ids.Chunk(1000))
        {
            var jobs = await Task.WhenAll(batch.Select(id => _database.HashGetAsync(Key((string)id!), Runs)));
            foreach (var job in jobs)
            {
                Expect("ats of a job", spec.Failures + 1, (long)job[0]);
                Expect("atm of a job", spec.Failures + 1, (long)job[1]);
                Expect("fields of a finished job", 2, job[2..].Count(value => !value.IsNull));
            }
        }
    }

    /// <summary>Every flow has its parent waiting for its children, and those waiting for a worker.</summary>
    public async Task CheckFlowsAsync()
    {
        var parents = spec.Count / SideSpec.FlowSize;
        Expect("parents", parents, await _database.SortedSetLengthAsync(Key("waiting-children")));
        Expect("children", spec.Count - parents, await _database.ListLengthAsync(Key("wait")));
        await CheckEventsAsync("added waiting waiting-children", 2L * spec.Count);
    }

    /// <summary>Every scheduler ran about once a second, each run once, and has its next job.</summary>
    public async Task CheckScheduledAsync(int runs, TimeSpan within)
    {
        Expect("schedulers", spec.Count, await _database.SortedSetLengthAsync(Key("repeat")));
        Expect("completed", runs, await _database.SortedSetLengthAsync(Key("completed")));
        var next = await _database.SortedSetLengthAsync(Key("delayed")) + await _database.ListLengthAsync(Key("wait"));
        Expect("next jobs", spec.Count, next);
        var ids = await _database.SortedSetRangeByRankAsync(Key("completed"));
        foreach (var scheduler in ids.GroupBy(static id => ((string)id!)[..((string)id!).LastIndexOf(':')]))
        {
            if (Math.Abs(scheduler.Count() - within.TotalSeconds) > 2)
            {
                throw new VoidRunException($"{scheduler.Key} ran {scheduler.Count()} times in {within.TotalSeconds} s.");
            }
        }
    }

    private async Task CheckEventsAsync(string expected, long count)
    {
        var counts = new Dictionary<string, long>();
        foreach (var entry in (RedisResult[])(await _database.ExecuteAsync("XRANGE", Key("events"), "-", "+"))!)
        {
            var fields = (RedisResult[])((RedisResult[])entry!)[1]!;
            var name = (string)fields[1]!;
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        var strange = counts.Keys.Except(expected.Split(' ')).ToArray();
        if (strange.Length > 0)
        {
            throw new VoidRunException($"Events that were not expected: {string.Join(", ", strange)}.");
        }

        // A queue that runs empty says so; how often depends on how the run went.
        Expect("events", count, await EventsAddedAsync() - counts.GetValueOrDefault("drained"));
    }

    private async Task<long> EventsAddedAsync()
    {
        var stream = (RedisResult[])(await _database.ExecuteAsync("XINFO", "STREAM", Key("events")))!;
        var at = Array.FindIndex(stream, field => (string)field! == "entries-added");
        return (long)stream[at + 1];
    }

    private static void Expect(string what, long expected, long actual)
    {
        if (expected != actual)
        {
            throw new VoidRunException(string.Create(CultureInfo.InvariantCulture, $"{what}: {actual} instead of {expected}."));
        }
    }

    private RedisKey Key(string suffix) => $"bull:{spec.Queue}:{suffix}";

    private async Task<Dictionary<string, string>> InfoAsync(string section) =>
        (await redis.Server.InfoAsync(section)).SelectMany(static group => group).ToDictionary();

    private static double Number(Dictionary<string, string> info, string name) =>
        double.Parse(info[name], CultureInfo.InvariantCulture);
}
