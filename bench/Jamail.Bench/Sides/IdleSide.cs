namespace Jamail.Bench;

/// <summary>Workers of as many queues, with nothing to do.</summary>
internal sealed class IdleSide(SideSpec spec)
{
    public async Task RunAsync()
    {
        var queues = Enumerable.Range(0, spec.Count).Select(number => $"{spec.Queue}-{number}").ToArray();
        using var worker = JamailHosts.Worker(spec, queues, new BenchWork(0, TimeSpan.Zero, 0));
        await worker.StartAsync();
        BenchLines.Say(new { type = "ready" });
        await BenchLines.NextAsync();
        await worker.StopAsync();
        BenchLines.Say(new { type = "stopped", runs = 0 });
    }
}
