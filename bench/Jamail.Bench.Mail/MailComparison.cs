using System.Diagnostics;
using System.Globalization;
using Dapper;
using Jamail.TestSupport;
using Npgsql;

namespace Jamail.Bench.Mail;

/// <summary>Runs both stacks in turn on servers of their own, and prints mails per second from the first accept to the last row.</summary>
internal static class MailComparison
{
    private const int WarmParts = 4;

    private static readonly string NodeFolder = Repository.PathOf("bench", "node");

    public static async Task<int> RunAsync(int mails, int rounds)
    {
        await using (var sink = await StartSinkAsync())
        {
            Print("sink alone", await SinkSpeed.MeasureAsync(sink, mails, connections: 20));
        }

        var jamail = new List<double>();
        var two = new List<double>();
        var node = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            node.Add(await RunAsync(isNode: true, hosts: 1, mails));
            jamail.Add(await RunAsync(isNode: false, hosts: 1, mails));
            two.Add(await RunAsync(isNode: false, hosts: 2, mails));
        }

        Print("BullMQ + nodemailer + pg", Median(node));
        Print("Jamail", Median(jamail));
        Print("Jamail, two hosts", Median(two));
        Console.WriteLine($"ratio\t{(Median(jamail) / Median(node)).ToString("0.00", CultureInfo.InvariantCulture)}");
        return 0;
    }

    private static async Task<double> RunAsync(bool isNode, int hosts, int mails)
    {
        await using var sink = await StartSinkAsync();
        await using var redis = await RedisServer.StartNewAsync();
        await using var postgres = await PostgresServer.StartNewAsync();
        var database = await postgres.CreateDatabaseAsync();
        var parts = new NpgsqlConnectionStringBuilder(database);
        var spec = new MailSpec
        {
            Redis = redis.ConnectionString,
            RedisUrl = redis.Url,
            Postgres = database,
            PostgresUrl = $"postgres://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}",
            SmtpPort = sink.Port,
        };
        var children = new List<LineProcess>();
        try
        {
            for (var host = 0; host < hosts; host++)
            {
                var json = (spec with { Accepts = host == 0 }).ToJson();
                children.Add(isNode
                    ? new NodeSide(json)
                    : DotnetProcess.Start("Jamail.Bench.Mail.dll", ["side", json]));
                await children[^1].ReadAsync("ready", TimeSpan.FromMinutes(1));
            }

            await using var connection = new NpgsqlConnection(database);
            var sent = isNode ? "select count(*) from send_log where status = 'sent'" : "select count(*) from jamail.mail_send_log where status = 5";
            var warm = 0;
            for (var part = 0; part < WarmParts; part++)
            {
                // A compiler works while the code rests.
                warm += mails / 3 / WarmParts;
                await SendAsync(mails / 3 / WarmParts, warm);
                await Task.Delay(200);
            }

            var watch = Stopwatch.StartNew();
            await SendAsync(mails, mails + warm);
            var rate = mails / watch.Elapsed.TotalSeconds;
            if (!isNode)
            {
                await children[0].SendAsync(new { mails = 0 });
                var spans = (await children[0].ReadAsync("spans")).GetProperty("spans");
                Console.WriteLine($"ms per mail, {hosts} host(s)\t{spans}");
            }

            return rate;

            async Task SendAsync(int count, int total)
            {
                await children[0].SendAsync(new { mails = count });
                await children[0].ReadAsync("accepted", TimeSpan.FromMinutes(5));
                await sink.WaitForAsync(total, TimeSpan.FromMinutes(5));
                while (await connection.ExecuteScalarAsync<long>(sent) < total)
                {
                    await Task.Delay(5);
                }
            }
        }
        finally
        {
            foreach (var child in children)
            {
                await child.DisposeAsync();
            }
        }
    }

    private static Task<SmtpSink> StartSinkAsync() => SmtpSink.StartAsync(options =>
    {
        options.KeepContent = false;
        options.KeepDialogue = false;
    });

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    private static void Print(string what, double perSecond) =>
        Console.WriteLine($"{what}\t{perSecond.ToString("0", CultureInfo.InvariantCulture)} mails/s");

    private sealed class NodeSide(string spec) : LineProcess("node", ["mails.mjs", spec], NodeFolder, environment: null);
}
