using Jamail.TestSupport;

namespace Jamail.Bench;

/// <summary>Whether what has gathered in a queue slows it down.</summary>
internal static class Growth
{
    private const double Flat = 0.85;
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000, 1_500_000];
    private static readonly SideSpec Spec = new()
    {
        Kind = "jobs", Count = 20_000, Warmup = 20_000, Callers = 50, Process = true, Concurrency = 50, Repeats = Rounds, StopsItself = true,
    };

    public static async Task<AloneTable> TakeAsync()
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var state in (string[])["waiting", "delayed", "completed"])
        {
            var adds = new List<double>();
            var runs = new List<double>();
            foreach (var size in Sizes)
            {
                var (add, run) = await RatesAsync(state, size);
                adds.Add(add);
                runs.Add(run);
                await Console.Error.WriteLineAsync(
                    $"{size} {state}: adds {Text.Figure(add)}, processes {Text.Figure(run)} jobs/s");
            }

            rows.Add(Row(state, "adds", adds));
            rows.Add(Row(state, "processes", runs));
        }

        var plain = new List<WorkFigure>();
        foreach (var size in Sizes)
        {
            plain.Add(await OfPlainCommandsAsync(size));
            await Console.Error.WriteLineAsync(
                $"{size} completed, plain commands: adds {Text.Figure(plain[^1].AddRate)}, processes {Text.Figure(plain[^1].ProcessRate)} jobs/s");
        }

        rows.Add(Row("completed, plain commands", "adds", [.. plain.Select(static figure => figure.AddRate)]));
        rows.Add(Row("completed, plain commands", "processes", [.. plain.Select(static figure => figure.ProcessRate)]));
        return new AloneTable(
            "Growth",
            "Jobs/s (50 callers; concurrency 50, processors that do nothing) with so many jobs in a state already, and the same of the "
            + "commands alone, sent pipelined without Lua. Medians of 3; flat means that the least of a row is at least 0.85 of its first.",
            ["state", "jobs/s", .. Sizes.Select(static size => Text.Figure(size)), "least / first", ""],
            rows);
    }

    private static string[] Row(string state, string what, List<double> rates) =>
    [
        state, what, .. rates.Select(Text.Figure), Text.Figure(rates.Min() / rates[0]),
        rates.Min() / rates[0] >= Flat ? "flat" : "not flat",
    ];

    private static async Task<WorkFigure> OfPlainCommandsAsync(int size)
    {
        var rounds = new WorkFigure[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            rounds[round] = await PipelinedJobs.TakeAsync(isPlain: true, size);
        }

        return new WorkFigure(
            rounds.Select(static round => round.AddRate).Median(), rounds.Select(static round => round.AddMicros).Median(),
            rounds.Select(static round => round.ProcessRate).Median(), rounds.Select(static round => round.ProcessMicros).Median());
    }

    private static async Task<(double Add, double Run)> RatesAsync(string state, int size)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var child = SideProcess.Start(Side.Jamail, Spec with { Port = redis.Port });
        await child.ReadAsync("ready", Patience);
        await Backlog.FillAsync(redis.Database, Spec.Queue, state, size, DateTimeOffset.UtcNow.AddDays(1));
        var adds = new double[Rounds];
        var runs = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            await child.SendAsync(new { });
            adds[round] = Spec.Count / (await child.ReadAsync("added", Patience)).GetProperty("seconds").GetDouble();
            await child.SendAsync(new { });
            runs[round] = (await child.ReadAsync("stopped", Patience)).GetProperty("runRate").GetDouble();
        }

        return (adds.Median(), runs.Median());
    }
}
