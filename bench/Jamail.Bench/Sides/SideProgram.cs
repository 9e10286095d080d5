namespace Jamail.Bench;

/// <summary>The Jamail side of one run: does what the spec says and speaks JSON lines with the bench.</summary>
internal static class SideProgram
{
    public static async Task<int> RunAsync(string json)
    {
        var spec = SideSpec.FromJson(json);
        try
        {
            using var listening = SideListener.Start(spec.Listens);
            await (spec.Kind switch
            {
                "jobs" => new JobsSide(spec).RunAsync(),
                "latency" => new LatencySide(spec).RunAsync(),
                "idle" => new IdleSide(spec).RunAsync(),
                "memory" => new MemorySide(spec).RunAsync(),
                "flows" => new FlowsSide(spec).RunAsync(),
                "schedulers" => new SchedulersSide(spec).RunAsync(),
                _ => throw new ArgumentException($"Kind '{spec.Kind}' is not known; use jobs, latency, idle, memory, flows or schedulers."),
            });
            return 0;
        }
        catch (Exception exception)
        {
            BenchLines.Say(new { type = "error", message = exception.ToString() });
            return 1;
        }
    }
}
