using System.Diagnostics;
using Jamail.Queueing;

namespace Jamail.Bench;

/// <summary>Adds jobs in the way the spec says, then works them off.</summary>
internal sealed class JobsSide(SideSpec spec)
{
    private readonly JobOptions? _options = spec.Failures > 0 ? new JobOptions { Attempts = spec.Failures + 1 } : null;

    public async Task RunAsync()
    {
        using var producer = JamailHosts.Producer(spec);
        await producer.StartAsync();
        await WarmUpAsync(producer.Queue($"{spec.Queue}-warm"));
        var bare = spec.WaitMs > 0 ? await BareRateAsync() : 0;
        var queue = producer.Queue(spec.Queue);
        BenchLines.Say(new { type = "ready", barePerSecond = bare });

        for (var repeat = 0; repeat < spec.Repeats; repeat++)
        {
            await BenchLines.NextAsync();
            var cpu = BenchLines.CpuMicros();
            var seconds = await AddAsync(queue, spec.Add ? spec.Count : 0);
            BenchLines.Say(new { type = "added", seconds, cpuMicros = BenchLines.CpuMicros() - cpu });
            if (spec.Process)
            {
                await BenchLines.NextAsync();
                await WorkAsync();
            }
        }

        await producer.StopAsync();
    }

    private async Task WorkAsync()
    {
        var cpu = BenchLines.CpuMicros();
        var work = Work(spec.Count);
        using var worker = JamailHosts.Worker(spec, [spec.Queue], work);
        await worker.StartAsync();
        await (spec.StopsItself ? work.AllRun : BenchLines.NextAsync());
        var used = BenchLines.CpuMicros() - cpu;
        await worker.StopAsync();
        BenchLines.Say(new { type = "stopped", runs = work.Runs, runRate = work.RunRate, cpuMicros = used });
    }

    // In parts with rests between: compilers of hot code work when the code rests.
    private async Task WarmUpAsync(IJobQueue queue)
    {
        for (var part = 0; part < SideSpec.WarmupParts; part++)
        {
            var jobs = spec.Warmup / SideSpec.WarmupParts;
            await AddAsync(queue, jobs);
            if (spec.Process)
            {
                var work = Work(jobs);
                using var worker = JamailHosts.Worker(spec, [queue.Name.Value], work);
                await worker.StartAsync();
                await work.AllRun;
                await worker.StopAsync();
            }

            await Task.Delay(spec.WarmupRestMs);
        }
    }

    private BenchWork Work(int jobs) =>
        new(jobs * (spec.Failures + 1), TimeSpan.FromMilliseconds(spec.WaitMs), spec.Failures);

    private async Task<double> AddAsync(IJobQueue queue, int count)
    {
        var watch = Stopwatch.StartNew();
        await (spec.Bulk > 0 ? AddInBulksAsync(queue, count) : AddOneByOneAsync(queue, count));
        return watch.Elapsed.TotalSeconds;
    }

    private async Task AddInBulksAsync(IJobQueue queue, int count)
    {
        for (var from = 0; from < count; from += spec.Bulk)
        {
            var jobs = new NewJob<BenchPayload>[Math.Min(spec.Bulk, count - from)];
            for (var i = 0; i < jobs.Length; i++)
            {
                jobs[i] = new(BenchPayload.JobName, BenchPayload.Of(from + i), _options);
            }

            foreach (var added in await queue.AddManyAsync(jobs))
            {
                if (added.Error is not null)
                {
                    throw added.Error;
                }
            }
        }
    }

    private async Task AddOneByOneAsync(IJobQueue queue, int count)
    {
        var next = -1;
        async Task CallAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                await queue.AddAsync(BenchPayload.JobName, BenchPayload.Of(number), _options);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, spec.Callers).Select(_ => CallAsync()));
    }

    // What as many waits at a time reach without a queue.
    private async Task<double> BareRateAsync()
    {
        var total = spec.Concurrency * 200;
        var left = total;
        var watch = Stopwatch.StartNew();
        async Task LoopAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await Task.Delay(spec.WaitMs);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, spec.Concurrency).Select(_ => LoopAsync()));
        return total / watch.Elapsed.TotalSeconds;
    }
}
