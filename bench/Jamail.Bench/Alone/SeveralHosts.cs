using Jamail.TestSupport;

namespace Jamail.Bench;

/// <summary>One queue worked by several processes, on one Redis or on a cluster.</summary>
internal static class SeveralHosts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly SideSpec Spec = new()
    {
        Kind = "jobs", Count = 60_000, Warmup = 20_000, Bulk = 1000, Process = true, Concurrency = 50,
    };

    public static Task<AloneTable> TakeAsync() => TakeAsync(
        "Several hosts",
        "Worker processes on one queue, each with concurrency 50 and processors that do nothing, on the same two-core "
        + "machine as Redis; every job ran once. Medians of 3.",
        async hosts =>
        {
            await using var redis = await RedisServer.StartNewAsync();
            return await RateAsync(redis, Spec, hosts);
        });

    public static async Task<AloneTable> TakeOnClusterAsync()
    {
        await using var cluster = await RedisCluster.StartNewAsync();
        var spec = Spec with { Queue = "{bench}" };
        return await TakeAsync(
            "Several hosts on a cluster",
            "The same on a cluster of three masters, each with a replica, all on the same two-core machine. The queue is on one "
            + "master, which is emptied before each run. Medians of 3.",
            async hosts =>
            {
                var master = await cluster.MasterOfAsync(spec.Queue);
                await master.AskAsync("flushall");
                return await RateAsync(master, spec, hosts);
            });
    }

    private static async Task<AloneTable> TakeAsync(string title, string text, Func<int, Task<double>> take)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var hosts in (int[])[1, 2, 4])
        {
            var rates = new List<double>();
            for (var round = 0; round < 3; round++)
            {
                rates.Add(await take(hosts));
                await Console.Error.WriteLineAsync($"{title}: {hosts} worker process(es): {Text.Figure(rates[^1])} jobs/s");
            }

            rows.Add([$"{hosts}", Text.Figure(rates.Median()), Text.Spread((rates.Min(), rates.Max()))]);
        }

        return new AloneTable(title, text, ["processes", "jobs/s in all", "spread"], rows);
    }

    private static async Task<double> RateAsync(RedisServer redis, SideSpec common, int hosts)
    {
        var spec = common with { Port = redis.Port };
        var observer = new Observer(redis, spec);
        var children = new List<LineProcess>();
        try
        {
            for (var host = 0; host < hosts; host++)
            {
                children.Add(SideProcess.Start(Side.Jamail, spec with { Add = host == 0 }));
                await children[^1].ReadAsync("ready", Patience);
            }

            foreach (var child in children)
            {
                await child.SendAsync(new { });
                await child.ReadAsync("added", Patience);
            }

            await Task.WhenAll(children.Select(child => child.SendAsync(new { })));
            await observer.WaitUntilCompletedAsync(Patience);
            foreach (var child in children)
            {
                await child.SendAsync(new { });
                await child.ReadAsync("stopped", Patience);
            }

            var rate = await observer.ProcessRateAsync();
            await observer.CheckCompletedAsync();
            return rate;
        }
        finally
        {
            foreach (var child in children)
            {
                await child.DisposeAsync();
            }
        }
    }
}
