namespace Jamail.Webhooks.Bench;

/// <summary>Runs both sides in turn, each on servers of its own, and gathers what bench/RESULTS-webhooks.md says.</summary>
internal sealed class Comparison(int events, int rounds)
{
    private const int PerSecond = 200;
    private const int Connections = 50;
    private const int WarmUpParts = 4;

    private readonly List<string> _lines = [];

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await SinkSpeed.MeasureAsync(events, Connections);
        Line("sink alone", await SinkSpeed.MeasureAsync(events * 2, Connections), "requests/s");
        foreach (var hosts in (int[])[1, 2])
        {
            var (jamail, node) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var isNode in round % 2 == 0 ? (bool[])[true, false] : [false, true])
                {
                    (isNode ? node : jamail).Add(await RateAsync(isNode, hosts));
                }
            }

            Pair(hosts == 1 ? "one host" : "two hosts", Median(jamail), Median(node), "deliveries/s", Median(jamail) / Median(node));
        }

        await using (var jamail = await Run.StartAsync(isNode: false, hosts: 1))
        await using (var node = await Run.StartAsync(isNode: true, hosts: 1))
        {
            var (ours, theirs) = (await LagAsync(jamail), await LagAsync(node));
            Pair($"accept to wire at {PerSecond} events/s, p50", ours.P50, theirs.P50, "ms", theirs.P50 / ours.P50);
            Pair($"accept to wire at {PerSecond} events/s, p95", ours.P95, theirs.P95, "ms", theirs.P95 / ours.P95);
        }

        return _lines;
    }

    /// <summary>Jamail alone, for looking into: rounds in one process, and what it counted in the last.</summary>
    public static async Task<int> AloneAsync(int events, int rounds, int hosts, bool spans)
    {
        await using var run = await Run.StartTellingAsync(hosts, spans);
        await WarmUpAsync(run, events);
        for (var round = 0; round < rounds; round++)
        {
            var (rate, cpu) = await run.DeliverWithCpuAsync(events);
            Console.WriteLine(FormattableString.Invariant($"{rate:0} deliveries/s, CPU ms for each: {cpu}"));
        }

        await run.TellAsync(events);

        Console.WriteLine(await run.CountsAsync());
        var lags = await run.LagsAsync(PerSecond * 10, PerSecond);
        Console.WriteLine(FormattableString.Invariant(
            $"accept to wire at {PerSecond} events/s: p50 {lags[lags.Count / 2]:0.0} ms, p95 {lags[lags.Count * 95 / 100]:0.0} ms"));
        Console.WriteLine(await run.CountsAsync());
        return 0;
    }

    private async Task<double> RateAsync(bool isNode, int hosts)
    {
        await using var run = await Run.StartAsync(isNode, hosts);
        await WarmUpAsync(run, events);
        var (rate, cpu) = await run.DeliverWithCpuAsync(events);
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{(isNode ? "BullMQ" : "Jamail")}\t{hosts} host(s)\t{rate:0} deliveries/s\tCPU ms for each: {cpu}\t{await run.CountsAsync()}"));
        return rate;
    }

    private async Task<(double P50, double P95)> LagAsync(Run run)
    {
        await WarmUpAsync(run, events);
        await run.DeliverAsync(PerSecond * 2, PerSecond);
        var lags = await run.LagsAsync(Math.Min(events, PerSecond * 10), PerSecond);
        return (lags[lags.Count / 2], lags[lags.Count * 95 / 100]);
    }

    // In parts with rests, as bench/compare.sh does: a .NET process compiles while its code rests, and Node has the same rests.
    private static async Task WarmUpAsync(Run run, int events)
    {
        for (var part = 0; part < WarmUpParts; part++)
        {
            await run.DeliverAsync(events / WarmUpParts);
            await Task.Delay(TimeSpan.FromMilliseconds(700));
        }
    }

    private void Line(string what, double figure, string unit) => Add(FormattableString.Invariant($"{what}\t{figure:0} {unit}"));

    private void Pair(string what, double jamail, double node, string unit, double ratio) =>
        Add(FormattableString.Invariant($"{what}\t{jamail:0.#}\t{node:0.#}\t{unit}\t{ratio:0.00}"));

    private void Add(string line)
    {
        _lines.Add(line);
        Console.WriteLine(line);
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
