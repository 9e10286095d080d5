namespace Jamail.Bench;

/// <summary>What is measured beyond the comparison on one spot.</summary>
internal static class AloneRuns
{
    private static readonly (string Name, Func<Task<AloneTable>> Take)[] All =
    [
        ("limit", Limit.TakeAsync), ("hosts", SeveralHosts.TakeAsync), ("cluster", SeveralHosts.TakeOnClusterAsync),
        ("telemetry", Listeners.TakeAsync), ("distance", Distance.TakeAsync), ("growth", Growth.TakeAsync), ("memory", HostMemory.TakeAsync), ("due", DueAtOnce.TakeAsync),
    ];

    public static IEnumerable<string> Names => All.Select(static run => run.Name);

    /// <param name="only">Names of measures; empty for all.</param>
    public static async Task<IReadOnlyList<AloneTable>> TakeAsync(IReadOnlyList<string> only)
    {
        var tables = new List<AloneTable>();
        foreach (var (name, take) in All)
        {
            if (only.Count > 0 && !only.Contains(name))
            {
                continue;
            }

            try
            {
                tables.Add(await take());
            }
            catch (Exception exception) when (exception is VoidRunException or InvalidOperationException or TimeoutException)
            {
                await Console.Error.WriteLineAsync($"VOID {name}: {exception.Message}");
                tables.Add(new AloneTable(name, $"Void: {exception.Message}", ["-"], []));
            }
        }

        return tables;
    }
}
