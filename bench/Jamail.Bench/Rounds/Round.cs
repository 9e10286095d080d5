using System.Text.Json;
using Jamail.TestSupport;

namespace Jamail.Bench;

/// <summary>One run of one side on a fresh Redis.</summary>
internal sealed class Round(Run run, Side side)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<Outcome> TakeAsync()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var proxy = run.Distance > TimeSpan.Zero ? Far(redis) : null;
        var spec = run.Spec with { Port = proxy?.Port ?? redis.Port };
        var observer = new Observer(redis, spec);
        await using var child = SideProcess.Start(side, spec);
        var ready = await child.ReadAsync("ready", Patience);
        var outcome = spec.Kind switch
        {
            "jobs" => await JobsAsync(child, observer, spec),
            "latency" => await LatencyAsync(child, observer, spec),
            "idle" => await IdleAsync(child, observer),
            "flows" => await FlowsAsync(child, observer, spec),
            "schedulers" => await SchedulersAsync(child, observer, spec),
            _ => throw new InvalidOperationException($"Kind '{spec.Kind}' is not known."),
        };
        await child.WaitForExitAsync();
        return outcome with { BareRate = Number(ready, "barePerSecond") };
    }

    private static async Task<Outcome> JobsAsync(LineProcess child, Observer observer, SideSpec spec)
    {
        var cpu = await observer.CpuMicrosAsync();
        var memory = await observer.MemoryAsync();
        await child.SendAsync(new { });
        var added = await child.ReadAsync("added", Patience);
        cpu = await observer.CpuMicrosAsync() - cpu;
        var outcome = new Outcome
        {
            Jobs = spec.Count,
            AddSeconds = Number(added, "seconds"),
            AddCpuMicros = Number(added, "cpuMicros"),
            RedisCpuMicros = cpu,
            RedisCpuMicrosOfAdding = cpu,
            BytesWaiting = await observer.MemoryAsync() - memory,
        };
        await observer.CheckAddedAsync();
        return spec.Process ? await ProcessAsync(child, observer, outcome, memory) : outcome;
    }

    private static async Task<Outcome> ProcessAsync(LineProcess child, Observer observer, Outcome outcome, double memory)
    {
        var cpu = await observer.CpuMicrosAsync();
        await child.SendAsync(new { });
        await observer.WaitUntilCompletedAsync(Patience);
        cpu = await observer.CpuMicrosAsync() - cpu;
        await child.SendAsync(new { });
        var stopped = await child.ReadAsync("stopped", Patience);
        outcome = outcome with
        {
            ProcessRate = await observer.ProcessRateAsync(),
            RunRate = Number(stopped, "runRate"),
            ProcessCpuMicros = Number(stopped, "cpuMicros"),
            RedisCpuMicros = outcome.RedisCpuMicros + cpu,
            BytesCompleted = await observer.MemoryAsync() - memory,
        };
        await observer.CheckCompletedAsync();
        return outcome;
    }

    private static async Task<Outcome> LatencyAsync(LineProcess child, Observer observer, SideSpec spec)
    {
        await child.SendAsync(new { });
        var taken = await child.ReadAsync("latencies", Patience);
        await child.SendAsync(new { });
        await child.ReadAsync("stopped", Patience);
        await observer.CheckJobsAsync(spec.Warmup + spec.Count);
        return new Outcome { LatencyMicros = [.. taken.GetProperty("micros").EnumerateArray().Select(value => value.GetDouble())] };
    }

    private async Task<Outcome> IdleAsync(LineProcess child, Observer observer)
    {
        await Task.Delay(1000);
        var before = await observer.CommandsAsync();
        await Task.Delay(run.Watch);
        var commands = await observer.CommandsAsync() - before - 1;
        await child.SendAsync(new { });
        await child.ReadAsync("stopped", Patience);
        return new Outcome { CommandsPerSecond = commands / run.Watch.TotalSeconds };
    }

    private static async Task<Outcome> FlowsAsync(LineProcess child, Observer observer, SideSpec spec)
    {
        await child.SendAsync(new { });
        var added = await child.ReadAsync("added", Patience);
        await observer.CheckFlowsAsync();
        return new Outcome { Jobs = spec.Count, AddSeconds = Number(added, "seconds") };
    }

    private async Task<Outcome> SchedulersAsync(LineProcess child, Observer observer, SideSpec spec)
    {
        await child.SendAsync(new { });
        await child.ReadAsync("added", Patience);
        var cpu = await observer.CpuMicrosAsync();
        await child.SendAsync(new { });
        await Task.Delay(run.Watch);
        cpu = await observer.CpuMicrosAsync() - cpu;
        await child.SendAsync(new { });
        var stopped = await child.ReadAsync("stopped", Patience);
        await observer.CheckScheduledAsync((int)Number(stopped, "runs"), run.Watch);
        return new Outcome { Jobs = (int)Number(stopped, "runs"), RedisCpuMicros = cpu, ProcessCpuMicros = Number(stopped, "cpuMicros") };
    }

    private TcpProxy Far(RedisServer redis)
    {
        var proxy = TcpProxy.To(redis);
        proxy.DelayToServer = proxy.DelayToClient = run.Distance;
        return proxy;
    }

    private static double Number(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
