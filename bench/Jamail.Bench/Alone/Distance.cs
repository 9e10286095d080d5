namespace Jamail.Bench;

/// <summary>Both sides with a network of a millisecond each way between them and Redis.</summary>
internal static class Distance
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(1);

    public static async Task<AloneTable> TakeAsync()
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var run in Runs.All(quick: true).Where(static run => run.Measures.Any(IsWanted)))
        {
            var measure = run.Measures.First(IsWanted);
            var figures = new Figures(measure);
            for (var round = 0; round < 3; round++)
            {
                var far = run with { Distance = OneWay };
                var jamail = await new Round(far, Side.Jamail).TakeAsync();
                figures.Add(jamail, await new Round(far, Side.BullMq).TakeAsync());
            }

            await Console.Error.WriteLineAsync(
                $"1 ms away: {figures.Measure.Name}: {Text.Figure(figures.Jamail)} beside {Text.Figure(figures.BullMq)}");
            rows.Add(
            [
                $"`{figures.Measure.Name}`", figures.Measure.Unit, Text.Figure(figures.Jamail), Text.Figure(figures.BullMq),
                Text.Figure(figures.Ratio), Text.Spread(figures.RatioSpread),
            ]);
        }

        return new AloneTable(
            "1 ms away",
            "A TCP proxy in the bench holds every byte back for at least 1 ms each way. Counts as with `--quick`, medians of 3.",
            ["measure", "unit", "Jamail", "BullMQ", "ratio", "spread"],
            rows);
    }

    private static bool IsWanted(Measure measure) => measure.Name is "add-concurrent" or "process-50" or "process-50-busy";
}
