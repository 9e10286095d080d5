using System.Diagnostics;
using System.Globalization;
using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Bench;

/// <summary>Many schedulers of one queue, each with a run a second, and a worker that does them.</summary>
internal sealed class SchedulersSide(SideSpec spec)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public async Task RunAsync()
    {
        using var producer = JamailHosts.Producer(spec);
        await producer.StartAsync();
        await WarmUpAsync(producer.Services.GetRequiredService<IJobQueues>().Schedulers($"{spec.Queue}-warm"));
        var schedulers = producer.Services.GetRequiredService<IJobQueues>().Schedulers(spec.Queue);
        BenchLines.Say(new { type = "ready" });

        await BenchLines.NextAsync();
        var cpu = BenchLines.CpuMicros();
        var watch = Stopwatch.StartNew();
        await UpsertAsync(schedulers, spec.Count, Second);
        BenchLines.Say(new { type = "added", seconds = watch.Elapsed.TotalSeconds, cpuMicros = BenchLines.CpuMicros() - cpu });

        await BenchLines.NextAsync();
        cpu = BenchLines.CpuMicros();
        var work = new BenchWork(int.MaxValue, TimeSpan.Zero, 0);
        using var worker = JamailHosts.Worker(spec, [spec.Queue], work);
        await worker.StartAsync();
        await BenchLines.NextAsync();
        var used = BenchLines.CpuMicros() - cpu;
        await worker.StopAsync();
        BenchLines.Say(new { type = "stopped", runs = work.Runs, cpuMicros = used });
        await producer.StopAsync();
    }

    // Short distances, so that the code runs often enough.
    private async Task WarmUpAsync(IJobSchedulers schedulers)
    {
        for (var part = 0; part < SideSpec.WarmupParts; part++)
        {
            var work = new BenchWork(spec.Warmup / SideSpec.WarmupParts, TimeSpan.Zero, 0);
            await UpsertAsync(schedulers, spec.Count / 10, Second / 100);
            using var worker = JamailHosts.Worker(spec, [schedulers.Queue.Value], work);
            await worker.StartAsync();
            await work.AllRun;
            await worker.StopAsync();
            await Task.Delay(spec.WarmupRestMs);
        }
    }

    private async Task UpsertAsync(IJobSchedulers schedulers, int count, TimeSpan interval)
    {
        var next = -1;
        async Task CallAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                await schedulers.UpsertAsync(
                    string.Create(CultureInfo.InvariantCulture, $"every-{number}"), new JobSchedule.Every(interval),
                    BenchPayload.JobName, BenchPayload.Of(number));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, spec.Callers).Select(_ => CallAsync()));
    }
}
