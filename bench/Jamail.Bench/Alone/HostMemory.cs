using Jamail.TestSupport;

namespace Jamail.Bench;

/// <summary>Whether a host that works many jobs grows.</summary>
internal static class HostMemory
{
    private const int Windows = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly SideSpec Spec = new()
    {
        Kind = "memory", Count = 100_000, Warmup = 50_000, Concurrency = 50, Repeats = Windows,
    };

    public static async Task<AloneTable> TakeAsync()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var child = SideProcess.Start(Side.Jamail, Spec with { Port = redis.Port });
        await child.ReadAsync("ready", Patience);
        await child.SendAsync(new { });
        var held = new double[Windows];
        var set = new double[Windows];
        for (var window = 0; window < Windows; window++)
        {
            var message = await child.ReadAsync("window", Patience);
            held[window] = message.GetProperty("held").GetDouble() / 1024;
            set[window] = message.GetProperty("workingSet").GetDouble() / 1024;
        }

        await child.ReadAsync("stopped", Patience);
        await Console.Error.WriteLineAsync($"host memory: {Text.Figure(held[0])} to {Text.Figure(held[^1])} KiB held");
        return new AloneTable(
            "Memory of a host",
            $"One host adds and works {Windows} × {Text.Figure(Spec.Count)} jobs; its memory after each of the windows. The slope is that of the "
            + "line through the windows.",
            ["", "first, KiB", "last, KiB", "least, KiB", "most, KiB", "slope, bytes/job"],
            [Row("held by objects, after a collection", held), Row("working set", set)]);
    }

    private static string[] Row(string what, double[] kib) =>
    [
        what, Text.Figure(kib[0]), Text.Figure(kib[^1]), Text.Figure(kib.Min()), Text.Figure(kib.Max()),
        Text.Figure(Slope(kib) * 1024 / Spec.Count),
    ];

    // Least squares, over equal distances.
    private static double Slope(double[] values)
    {
        var middle = (values.Length - 1) / 2.0;
        var mean = values.Average();
        var above = values.Select((value, i) => (i - middle) * (value - mean)).Sum();
        return above / values.Select((_, i) => (i - middle) * (i - middle)).Sum();
    }
}
