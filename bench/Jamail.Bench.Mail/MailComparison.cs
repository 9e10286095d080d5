using System.Diagnostics;
using System.Globalization;
using Dapper;
using Jamail.TestSupport;
using Npgsql;

namespace Jamail.Bench.Mail;

/// <summary>Runs both stacks in turn on servers of their own, and prints mails per second from the first accept to the last row.</summary>
internal sealed class MailComparison(CompareSettings settings)
{
    private const int WarmParts = 8;

    private static readonly string NodeFolder = Repository.PathOf("bench", "node");

    private enum Stack
    {
        Node,
        Jamail,
        JamailTwoHosts,
        JamailWithSpans,
    }

    public async Task<int> RunAsync()
    {
        await using (var sink = await StartSinkAsync())
        {
            Print("sink alone", await SinkSpeed.MeasureAsync(sink, settings.Mails, connections: 20));
        }

        var stacks = settings.JamailOnly ? [Stack.Jamail] : Enum.GetValues<Stack>();
        var rates = stacks.ToDictionary(stack => stack, _ => new List<double>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            // Spans are looked at once: they cost time of their own.
            foreach (var stack in stacks.Where(stack => stack != Stack.JamailWithSpans || round == 0))
            {
                rates[stack].Add(await RunAsync(stack));
            }
        }

        foreach (var stack in stacks)
        {
            Print(Name(stack), Median(rates[stack]));
        }

        if (!settings.JamailOnly)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio\t{Median(rates[Stack.Jamail]) / Median(rates[Stack.Node]):0.00}"));
        }

        return 0;
    }

    private async Task<double> RunAsync(Stack stack)
    {
        await using var sink = await StartSinkAsync();
        await using var redis = await RedisServer.StartNewAsync();
        await using var postgres = await PostgresServer.StartNewAsync(
        [
            .. settings.Durable ? ["fsync=on", "synchronous_commit=on", "full_page_writes=on"] : Array.Empty<string>(),
            .. settings.Statements ? StatementCosts.Settings : Array.Empty<string>(),
        ]);
        var database = await postgres.CreateDatabaseAsync();
        var parts = new NpgsqlConnectionStringBuilder(database);
        var spec = new MailSpec
        {
            Redis = redis.ConnectionString,
            RedisUrl = redis.Url,
            Postgres = database,
            PostgresUrl = $"postgres://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}",
            SmtpPort = sink.Port,
            Spans = stack == Stack.JamailWithSpans,
        };
        var children = new List<LineProcess>();
        try
        {
            for (var host = 0; host < (stack == Stack.JamailTwoHosts ? 2 : 1); host++)
            {
                var json = (spec with { Accepts = host == 0 }).ToJson();
                children.Add(stack == Stack.Node
                    ? new NodeSide(json)
                    : DotnetProcess.Start("Jamail.Bench.Mail.dll", ["side", json]));
                await children[^1].ReadAsync("ready", TimeSpan.FromMinutes(1));
            }

            return await MeasureAsync(stack, children, sink, database);
        }
        finally
        {
            foreach (var child in children)
            {
                await child.DisposeAsync();
            }
        }
    }

    private async Task<double> MeasureAsync(Stack stack, List<LineProcess> children, SmtpSink sink, string database)
    {
        await using var connection = new NpgsqlConnection(database);
        var sent = stack == Stack.Node
            ? "select count(*) from send_log where status = 'sent'"
            : "select count(*) from jamail.mail_send_log where status = 5";
        var mails = settings.Mails;
        var warm = 0;
        for (var part = 0; part < WarmParts; part++)
        {
            // A compiler works while the code rests.
            warm += settings.WarmUp / WarmParts;
            await SendAsync(settings.WarmUp / WarmParts, warm);
            await Task.Delay(250);
        }

        if (settings.Statements)
        {
            await StatementCosts.ResetAsync(connection);
        }

        var cpu = CpuTimes.Read();
        var watch = Stopwatch.StartNew();
        await SendAsync(mails, mails + warm);
        var rate = mails / watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Name(stack)}\t{rate:0} mails/s\tCPU ms per mail: {CpuTimes.PerMail(cpu, CpuTimes.Read(), mails)}"));
        if (settings.Statements)
        {
            await StatementCosts.PrintAsync(connection, mails);
        }

        if (stack == Stack.JamailWithSpans)
        {
            await children[0].SendAsync(new { mails = 0 });
            Console.WriteLine($"ms per mail\t{(await children[0].ReadAsync("spans")).GetProperty("spans")}");
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

    private static Task<SmtpSink> StartSinkAsync() => SmtpSink.StartAsync(options =>
    {
        options.KeepContent = false;
        options.KeepDialogue = false;
    });

    private static string Name(Stack stack) => stack switch
    {
        Stack.Node => "BullMQ + nodemailer + pg",
        Stack.Jamail => "Jamail",
        Stack.JamailTwoHosts => "Jamail, two hosts",
        _ => "Jamail, with spans",
    };

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    private static void Print(string what, double perSecond) =>
        Console.WriteLine($"{what}\t{perSecond.ToString("0", CultureInfo.InvariantCulture)} mails/s");

    private sealed class NodeSide(string spec) : LineProcess("node", ["mails.mjs", spec], NodeFolder, environment: null);
}
