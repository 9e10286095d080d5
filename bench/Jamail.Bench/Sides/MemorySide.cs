using Jamail.Queueing;

namespace Jamail.Bench;

/// <summary>One host that adds and works jobs, and says after each window of them how much memory it holds.</summary>
internal sealed class MemorySide(SideSpec spec)
{
    private static readonly JobOptions Options = new() { RemoveOnComplete = JobRetention.Newest(1000) };

    public async Task RunAsync()
    {
        var work = new BenchWork(int.MaxValue, TimeSpan.Zero, 0);
        using var host = JamailHosts.Worker(spec, [spec.Queue], work);
        await host.StartAsync();
        var queue = host.Queue(spec.Queue);
        await WindowAsync(queue, work, spec.Warmup);
        BenchLines.Say(new { type = "ready" });
        await BenchLines.NextAsync();
        for (var window = 0; window < spec.Repeats; window++)
        {
            await WindowAsync(queue, work, spec.Count);
            var held = GC.GetTotalMemory(forceFullCollection: true);
            BenchLines.Say(new { type = "window", held, workingSet = Environment.WorkingSet });
        }

        await host.StopAsync();
        BenchLines.Say(new { type = "stopped", runs = work.Runs });
    }

    private static async Task WindowAsync(IJobQueue queue, BenchWork work, int jobs)
    {
        const int Bulk = 1000;
        var target = work.Runs + jobs;
        for (var from = 0; from < jobs; from += Bulk)
        {
            await queue.AddManyAsync(Enumerable.Range(from, Bulk).Select(static number =>
                new NewJob<BenchPayload>(BenchPayload.JobName, BenchPayload.Of(number), Options)));
        }

        while (work.Runs < target)
        {
            await Task.Delay(5);
        }
    }
}
