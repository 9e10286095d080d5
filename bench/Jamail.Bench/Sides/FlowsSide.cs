using System.Diagnostics;
using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Bench;

/// <summary>Adds flows: a job that waits for nine others, all in one queue.</summary>
internal sealed class FlowsSide(SideSpec spec)
{
    public async Task RunAsync()
    {
        using var producer = JamailHosts.Producer(spec);
        await producer.StartAsync();
        var flows = producer.Services.GetRequiredService<IJobFlows>();
        for (var part = 0; part < SideSpec.WarmupParts; part++)
        {
            await AddAsync(flows, $"{spec.Queue}-warm", spec.Warmup / SideSpec.WarmupParts);
            await Task.Delay(spec.WarmupRestMs);
        }

        BenchLines.Say(new { type = "ready" });
        await BenchLines.NextAsync();
        var cpu = BenchLines.CpuMicros();
        var watch = Stopwatch.StartNew();
        await AddAsync(flows, spec.Queue, spec.Count);
        BenchLines.Say(new { type = "added", seconds = watch.Elapsed.TotalSeconds, cpuMicros = BenchLines.CpuMicros() - cpu });
        await producer.StopAsync();
    }

    private async Task AddAsync(IJobFlows flows, QueueName queue, int jobs)
    {
        var next = -SideSpec.FlowSize;
        async Task CallAsync()
        {
            while (Interlocked.Add(ref next, SideSpec.FlowSize) is var number && number < jobs)
            {
                await flows.AddAsync(Flow(queue, number));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, spec.Callers).Select(_ => CallAsync()));
    }

    private static FlowJob Flow(QueueName queue, int number) => new(queue, BenchPayload.JobName, BenchPayload.Of(number))
    {
        Children =
        [
            .. Enumerable.Range(1, SideSpec.FlowSize - 1).Select(child =>
                new FlowJob(queue, BenchPayload.JobName, BenchPayload.Of(number + child))),
        ],
    };
}
