using System.Globalization;
using System.Runtime.InteropServices;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Bench;

/// <summary>Writes bench/RESULTS-webhooks.md.</summary>
internal static class Results
{
    public static async Task<int> WriteAsync(int events, int rounds)
    {
        var lines = await new Comparison(events, rounds).RunAsync();
        var now = TimeProvider.System.GetUtcNow();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # Webhooks: deliveries beside a Node stack

            `bench/webhooks.sh` on {now:yyyy-MM-dd}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Split('-')[0]}, .NET {Environment.Version}: medians of
            {rounds} rounds of {events} events, after as many to warm up. What is measured, and what bounds it: [README.md](README.md), "Webhooks".

            | measure | Jamail | BullMQ + undici + pg | unit | ratio |
            |---|---|---|---|---|
            {string.Join('\n', lines.Select(Row))}

            """);
        await File.WriteAllTextAsync(Repository.PathOf("bench", "RESULTS-webhooks.md"), text);
        return 0;
    }

    private static string Row(string line)
    {
        var parts = line.Split('\t');
        return parts.Length == 2
            ? $"| {parts[0]} | {parts[1]} | | | |"
            : $"| {string.Join(" | ", parts)} |";
    }
}
