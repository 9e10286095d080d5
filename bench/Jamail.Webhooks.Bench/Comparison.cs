using System.Diagnostics;
using System.Globalization;
using Jamail.TestSupport;
using Npgsql;

namespace Jamail.Webhooks.Bench;

/// <summary>
/// Deliveries per second to a sink on this machine, each with its rows: an event, a delivery, an attempt. Both sides publish and
/// deliver in one process, against a Redis and a PostgreSQL database of their own, in turn.
/// </summary>
internal static class Comparison
{
    private const int Publishers = 50;
    private const int Concurrency = 50;
    private static readonly string[] Sides = ["jamail", "node"];

    public static async Task<int> RunAsync(int events, int rounds)
    {
        var rates = Sides.ToDictionary(side => side, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var side in round % 2 == 0 ? Sides : Sides.Reverse())
            {
                var rate = await MeasureAsync(side, events);
                rates[side].Add(rate);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1} {side} {rate:0}"));
            }
        }

        var (jamail, node) = (Median(rates["jamail"]), Median(rates["node"]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"webhook-deliveries\t{jamail:0}\t{node:0}\t{jamail / node:0.00}"));
        return 0;
    }

    /// <returns>Deliveries per second, from the first publish to the last row.</returns>
    private static async Task<double> MeasureAsync(string side, int events)
    {
        await using var redis = await RedisServer.StartNewAsync();
        var database = await PostgresServer.Shared.CreateDatabaseAsync();
        await using var sink = WebhookSink.Start();
        var spec = new SideSpec(redis.Host, redis.Port, database, sink.Url, events, Publishers, Concurrency);
        await using var child = Start(side, spec);
        await child.ReadAsync("ready");
        var began = Stopwatch.GetTimestamp();
        await child.SendAsync(new { });
        await sink.WaitAsync(events, TimeSpan.FromMinutes(5));
        await Eventually.Equal(events, () => SucceededAsync(side, database), "the number of deliveries whose success is stored", TimeSpan.FromMinutes(1));
        var took = Stopwatch.GetElapsedTime(began);
        await child.ReadAsync("published");
        await child.SendAsync(new { });
        await child.WaitForExitAsync();
        return sink.Received.Count == events
            ? events / took.TotalSeconds
            : throw new InvalidOperationException($"{side} made {sink.Received.Count} requests for {events} events.");
    }

    private static LineProcess Start(string side, SideSpec spec) => side == "jamail"
        ? DotnetProcess.Start("Jamail.Webhooks.Bench.dll", ["side", spec.ToJson()])
        : new NodeSide(spec);

    private static async Task<int> SucceededAsync(string side, string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = side == "jamail"
            ? "select count(*) from jamail.webhook_attempt a join jamail.webhook_delivery d on d.id = a.delivery_id where d.status = 4"
            : "select count(*) from attempt a join delivery d on d.id = a.delivery_id where d.status = 4";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    private sealed class NodeSide(SideSpec spec)
        : LineProcess("node", ["webhooks.mjs", ToNode(spec)], Repository.PathOf("bench", "node"), environment: null)
    {
        private static string ToNode(SideSpec spec)
        {
            var parts = new NpgsqlConnectionStringBuilder(spec.Database);
            var url = $"postgres://{Uri.EscapeDataString(parts.Username ?? "")}:{Uri.EscapeDataString(parts.Password ?? "")}@{parts.Host}:{parts.Port}/{parts.Database}";
            return (spec with { Database = url }).ToJson();
        }
    }
}
