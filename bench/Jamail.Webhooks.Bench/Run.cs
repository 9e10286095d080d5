using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Jamail.Bench.Mail;
using Jamail.TestSupport;
using Npgsql;

namespace Jamail.Webhooks.Bench;

/// <summary>The hosts of one side, with a Redis, a PostgreSQL database and a sink of their own.</summary>
internal sealed class Run : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<LineProcess> _hosts = [];
    private readonly PostgresServer? _postgres;
    private readonly RedisServer _redis;
    private readonly NpgsqlConnection _database;
    private readonly WebhookSink _sink = WebhookSink.Start();
    private readonly string _count;
    private readonly bool _isNode;
    private int _total;
    private int _last;

    private Run(RedisServer redis, NpgsqlConnection database, bool isNode, PostgresServer? postgres)
    {
        _postgres = postgres;
        var schema = isNode ? "" : "jamail.webhook_";
        _redis = redis;
        _database = database;
        _isNode = isNode;
        _count = $"select (select count(*) from {schema}delivery where status = 4), (select count(*) from {schema}attempt), (select count(*) from {schema}event)";
    }

    public static Task<Run> StartAsync(bool isNode, int hosts) => StartAsync(isNode, hosts, postgres: null, spans: false);

    /// <summary>One whose servers tell what they do, with a PostgreSQL of its own.</summary>
    public static async Task<Run> StartTellingAsync(int hosts, bool spans) =>
        await StartAsync(isNode: false, hosts, await PostgresServer.StartNewAsync(StatementCosts.Settings), spans);

    private static async Task<Run> StartAsync(bool isNode, int hosts, PostgresServer? postgres, bool spans)
    {
        var database = new NpgsqlConnection(await (postgres ?? PostgresServer.Shared).CreateDatabaseAsync());
        await database.OpenAsync();
        var run = new Run(await RedisServer.StartNewAsync(), database, isNode, postgres);
        for (var host = 0; host < hosts; host++)
        {
            var spec = new SideSpec
            {
                RedisHost = run._redis.Host,
                RedisPort = run._redis.Port,
                Database = isNode ? UrlOf(database.ConnectionString) : database.ConnectionString,
                Url = run._sink.Url,
                Publishes = host == 0,
                Spans = spans,
            };
            run._hosts.Add(isNode
                ? new NodeSide(spec.ToJson())
                : DotnetProcess.Start("Jamail.Webhooks.Bench.dll", ["side", spec.ToJson()]));
            await run._hosts[^1].ReadAsync("ready");
        }

        return run;
    }

    /// <returns>Deliveries per second, from the first publish to the last stored success.</returns>
    public async Task<double> DeliverAsync(int events, int perSecond = 0)
    {
        var began = Stopwatch.GetTimestamp();
        _last = events;
        _total += events;
        await _hosts[0].SendAsync(new SideOrder(events, perSecond));
        await _hosts[0].ReadAsync("published", Patience);
        await _sink.WaitAsync(_total, Patience);
        while (await StoredAsync() is var (succeeded, attempts, stored) && succeeded < _total)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"{succeeded} of {_total} deliveries are stored as a success, with {attempts} attempts of {stored} events.");
            }

            await Task.Delay(5);
        }

        var took = Stopwatch.GetElapsedTime(began);
        return await StoredAsync() == (_total, _total, _total) && _sink.Received.Count == _total
            ? events / took.TotalSeconds
            : throw new InvalidOperationException($"{_sink.Received.Count} requests and {await StoredAsync()} rows for {_total} events.");
    }

    /// <summary>The same, and what it cost: CPU by program, statements of PostgreSQL, commands of Redis.</summary>
    public async Task TellAsync(int events)
    {
        await StatementCosts.ResetAsync(_database);
        await _redis.Database.ExecuteAsync("CONFIG", "RESETSTAT");
        var (rate, cpu) = await DeliverWithCpuAsync(events);
        Console.WriteLine(FormattableString.Invariant($"{rate:0} deliveries/s, CPU ms for each: {cpu}"));
        await StatementCosts.PrintAsync(_database, events);
        foreach (var line in (await _redis.AskAsync("INFO", "commandstats")).Split('\n').Where(line => line.StartsWith("cmdstat", StringComparison.Ordinal)))
        {
            Console.WriteLine("  " + line.Trim());
        }
    }

    /// <summary>CPU, in ms for each delivery, of both hosts' run, by program.</summary>
    /// <param name="events">How many are delivered.</param>
    public async Task<(double Rate, string Cpu)> DeliverWithCpuAsync(int events)
    {
        var cpu = CpuTimes.Read();
        var rate = await DeliverAsync(events);
        return (rate, CpuTimes.PerMail(cpu, CpuTimes.Read(), events));
    }

    /// <returns>How long each event took from the call that published it to its arrival, in ms, in order of size.</returns>
    public async Task<IReadOnlyList<double>> LagsAsync(int events, int perSecond)
    {
        await DeliverAsync(events, perSecond);
        return [.. _sink.Received.TakeLast(events).Select(Lag).Order()];
    }

    /// <summary>What the first host counted in its last delivery run; empty for Node.</summary>
    public async Task<string> CountsAsync()
    {
        if (_isNode)
        {
            return "";
        }

        await _hosts[0].SendAsync(SideOrder.Count);
        return $"of {_last}: {(await _hosts[0].ReadAsync("counts")).GetProperty("counts").GetRawText()}";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await _sink.DisposeAsync();
        await _database.DisposeAsync();
        await _redis.DisposeAsync();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    private static double Lag(ReceivedWebhook webhook)
    {
        var at = JsonElement.Parse(webhook.Body).GetProperty("at").GetDouble();
        return (webhook.At - DateTimeOffset.UnixEpoch).TotalMilliseconds - at;
    }

    private async Task<(int Succeeded, int Attempts, int Events)> StoredAsync()
    {
        await using var command = new NpgsqlCommand(_count, _database);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return ((int)reader.GetInt64(0), (int)reader.GetInt64(1), (int)reader.GetInt64(2));
    }

    private static string UrlOf(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"postgres://{Uri.EscapeDataString(parts.Username ?? "")}:{Uri.EscapeDataString(parts.Password ?? "")}@{parts.Host}:{parts.Port}/{parts.Database}");
    }

    private sealed class NodeSide(string spec)
        : LineProcess("node", ["webhooks.mjs", spec], Repository.PathOf("bench", "node"), environment: null);
}
