using Jamail.TestSupport;

namespace Jamail.Bench;

/// <summary>What telemetry costs: nobody listens, somebody takes the measures, somebody takes every span too.</summary>
internal static class Listeners
{
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly SideSpec Spec = new()
    {
        Kind = "jobs", Count = 40_000, Warmup = 20_000, Process = true, Concurrency = 50,
    };

    private static readonly (string? Listens, string Name)[] Kinds =
        [(null, "nobody"), ("measures", "to the measures"), ("all", "to the measures and every span")];

    public static async Task<AloneTable> TakeAsync()
    {
        var adds = Kinds.Select(static _ => new List<double>()).ToList();
        var works = Kinds.Select(static _ => new List<double>()).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                var (add, work) = await RatesAsync(Spec with { Listens = Kinds[kind].Listens });
                adds[kind].Add(add);
                works[kind].Add(work);
                await Console.Error.WriteLineAsync($"Listens {Kinds[kind].Name}: {Text.Figure(add)} adds/s, {Text.Figure(work)} jobs/s");
            }
        }

        return new AloneTable(
            "Telemetry",
            "Jobs added by 50 callers, then worked with concurrency 50, by who listens in the process; listeners that do nothing. "
            + $"Medians of {Rounds}, in turn.",
            ["who listens", "adds/s", "spread", "jobs/s", "spread"],
            [.. Kinds.Select(IReadOnlyList<string> (kind, at) =>
            [
                kind.Name,
                Text.Figure(adds[at].Median()), Text.Spread((adds[at].Min(), adds[at].Max())),
                Text.Figure(works[at].Median()), Text.Spread((works[at].Min(), works[at].Max())),
            ])]);
    }

    private static async Task<(double Adds, double Works)> RatesAsync(SideSpec common)
    {
        await using var redis = await RedisServer.StartNewAsync();
        var spec = common with { Port = redis.Port };
        var observer = new Observer(redis, spec);
        await using var child = SideProcess.Start(Side.Jamail, spec);
        await child.ReadAsync("ready", Patience);
        await child.SendAsync(new { });
        var added = await child.ReadAsync("added", Patience);
        await child.SendAsync(new { });
        await observer.WaitUntilCompletedAsync(Patience);
        await child.SendAsync(new { });
        await child.ReadAsync("stopped", Patience);
        await observer.CheckCompletedAsync();
        return (spec.Count / added.GetProperty("seconds").GetDouble(), await observer.ProcessRateAsync());
    }
}
