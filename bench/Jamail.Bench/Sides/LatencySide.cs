using System.Diagnostics;
using Jamail.Queueing;

namespace Jamail.Bench;

/// <summary>From the call of add to the start of the processor, on a queue with nothing else to do.</summary>
internal sealed class LatencySide(SideSpec spec)
{
    private readonly BenchWork _work = new(spec.Warmup + spec.Count, TimeSpan.Zero, 0);

    public async Task RunAsync()
    {
        using var producer = JamailHosts.Producer(spec);
        using var worker = JamailHosts.Worker(spec, [spec.Queue], _work);
        await producer.StartAsync();
        await worker.StartAsync();
        var queue = producer.Queue(spec.Queue);
        for (var part = 0; part < SideSpec.WarmupParts; part++)
        {
            for (var number = 0; number < spec.Warmup / SideSpec.WarmupParts; number++)
            {
                await OnceAsync(queue, number);
            }

            await Task.Delay(spec.WarmupRestMs);
        }

        BenchLines.Say(new { type = "ready" });
        await BenchLines.NextAsync();
        var micros = new double[spec.Count];
        for (var number = 0; number < spec.Count; number++)
        {
            micros[number] = await OnceAsync(queue, number);
        }

        BenchLines.Say(new { type = "latencies", micros });
        await BenchLines.NextAsync();
        await worker.StopAsync();
        await producer.StopAsync();
        BenchLines.Say(new { type = "stopped", runs = _work.Runs });
    }

    private async Task<double> OnceAsync(IJobQueue queue, int number)
    {
        var start = _work.NextStart();
        var before = Stopwatch.GetTimestamp();
        var adding = queue.AddAsync(BenchPayload.JobName, BenchPayload.Of(number));
        var micros = Stopwatch.GetElapsedTime(before, await start).TotalMicroseconds;
        await adding;
        await Task.Delay(spec.WaitMs);
        return micros;
    }
}
