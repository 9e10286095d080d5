using Jamail.TestSupport;

namespace Jamail.Bench;

/// <summary>Runs both sides in turn, prints the medians and writes the report.</summary>
internal static class CompareProgram
{
    public static async Task<int> RunAsync(CompareSettings settings)
    {
        var machine = await MachineFacts.ReadAsync();
        var comparison = new Comparison(settings);
        if (settings.Compare)
        {
            await comparison.RunAsync();
        }

        foreach (var figure in comparison.Figures.Where(static figure => figure.Any))
        {
            Console.WriteLine(string.Join('\t',
                figure.Measure.Name, Text.Plain(figure.Jamail), Text.Plain(figure.BullMq), Text.Plain(figure.Ratio)));
        }

        var alone = settings.Alone ? await AloneRuns.TakeAsync(settings.AloneOnly) : [];
        if (settings.WriteResults)
        {
            var report = new Report(machine, settings).Write(comparison.Figures, comparison.Voids, alone);
            await File.WriteAllTextAsync(Repository.PathOf("bench", "RESULTS.md"), report);
        }

        return comparison.Figures.All(static figure => figure.Any) || !settings.Compare ? 0 : 1;
    }
}
