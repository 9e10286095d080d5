using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.Options;

namespace Jamail.Bench;

/// <summary>How fast Redis can be for the same work, and how much of that Jamail reaches.</summary>
internal static class Limit
{
    private const string Queue = "limit";
    private const string Token = "00000000-0000-0000-0000-000000000000:1";
    private const int Jobs = 20_000;
    private const int Group = 50;
    private const int Depth = 4;
    private const int Rounds = 3;
    private static readonly string Payload = JsonSerializer.Serialize(BenchPayload.Of(0), JsonSerializerOptions.Web);

    private enum Way
    {
        Commands,
        Scripts,
        Jamail,
    }

    public static async Task<AloneTable> TakeAsync()
    {
        var figures = new Dictionary<Way, Figure[]>();
        foreach (var way in Enum.GetValues<Way>())
        {
            figures[way] = new Figure[Rounds];
            for (var round = 0; round < Rounds; round++)
            {
                figures[way][round] = way == Way.Jamail ? await OfJamailAsync() : await OfClientAsync(way);
            }

            await Console.Error.WriteLineAsync(
                $"limit, {way}: adds {Text.Figure(AddRate(way))}, processes {Text.Figure(ProcessRate(way))} jobs/s");
        }

        double AddRate(Way way) => figures[way].Select(static figure => figure.AddRate).Median();
        double ProcessRate(Way way) => figures[way].Select(static figure => figure.ProcessRate).Median();
        string[] Row(string what, Way way) =>
        [
            what,
            Text.Figure(AddRate(way)), Text.Figure(figures[way].Select(static figure => figure.AddMicros).Median()),
            Share(AddRate(Way.Jamail), AddRate(way)),
            Text.Figure(ProcessRate(way)), Text.Figure(figures[way].Select(static figure => figure.ProcessMicros).Median()),
            Share(ProcessRate(Way.Jamail), ProcessRate(way)),
        ];
        return new AloneTable(
            "The limit",
            $"{Text.Figure(Jobs)} jobs in groups of {Group}, {Depth} groups under way: the Redis commands of the group scripts sent "
            + "pipelined without Lua, then the group scripts, both by a client that does nothing else; then Jamail itself (50 callers; "
            + "concurrency 50). Micros are Redis's CPU per job; the share is Jamail's rate over that of the row. Medians of 3.",
            ["", "adds/s", "µs", "our share", "processes/s", "µs", "our share"],
            [
                Row("commands without Lua", Way.Commands), Row("group scripts, do-nothing client", Way.Scripts), Row("Jamail", Way.Jamail),
            ]);
    }

    private static string Share(double ours, double limit) => Text.Figure(ours / limit);

    private static async Task<Figure> OfJamailAsync()
    {
        var run = Runs.All(quick: false)[0];
        var outcome = await new Round(run with { Spec = run.Spec with { Count = Jobs } }, Side.Jamail).TakeAsync();
        return new Figure(
            outcome.Jobs / outcome.AddSeconds, outcome.RedisCpuMicrosOfAdding / outcome.Jobs, outcome.ProcessRate,
            (outcome.RedisCpuMicros - outcome.RedisCpuMicrosOfAdding) / outcome.Jobs);
    }

    private static async Task<Figure> OfClientAsync(Way way)
    {
        await using var redis = await RedisServer.StartNewAsync();
        using var connections = new RedisConnections(
            new ConfiguredRedisEndpoint(Options.Create(new JamailHostOptions { Redis = redis.ConnectionString })), TimeProvider.System);
        var scripts = new LuaScriptCatalog(PausedLayout.Auto);
        foreach (var name in (string[])["addJobs", "finishJobs"])
        {
            await redis.Server.ScriptLoadAsync(scripts[name].Text);
        }

        var runner = new ScriptRunner(connections, scripts, new QueueingMetrics(TimeProvider.System));
        var keys = new QueueKeys("bull", new QueueName(Queue));
        var ids = Enumerable.Range(1, Jobs).Select(static number => $"{number}").Chunk(Group).ToArray();
        var plain = new PlainCommands(Queue, Payload);
        PipelineGroup[] adds = way == Way.Commands
            ? [.. ids.Select(plain.Adds)]
            : [.. ids.Select(group => new PipelineGroup().Add(new AddJobs(runner, keys).Encode([.. group.Select(static _ => Job())])))];

        // Calls overlap: each settles what the one four before it took.
        var turns = Enumerable.Range(0, ids.Length + Depth)
            .Select(turn => (Done: turn < Depth ? [] : ids[turn - Depth], Next: turn < ids.Length ? ids[turn] : []));
        var finish = new FinishJobs(runner, keys);
        PipelineGroup[] finishes =
        [
            .. turns.Select(turn => way == Way.Commands
                ? plain.Finishes(turn.Done, turn.Next)
                : new PipelineGroup().Add(finish.Encode(
                    [.. turn.Done.Select(Done)], turn.Next.Length, 1_700_000_000_000, new FetchTerms(Token, 30_000)))),
        ];

        var observer = new Observer(redis, new SideSpec { Kind = "jobs", Queue = Queue, Count = Jobs });
        using var client = new PipelineClient(redis.Port);
        var (addRate, addMicros) = await TakeAsync(client, adds, observer);
        var (processRate, processMicros) = await TakeAsync(client, finishes, observer);
        await observer.CheckJobsAsync(Jobs);
        return new Figure(addRate, addMicros, processRate, processMicros);
    }

    private static async Task<(double Rate, double Micros)> TakeAsync(
        PipelineClient client, PipelineGroup[] groups, Observer observer)
    {
        var cpu = await observer.CpuMicrosAsync();
        var watch = Stopwatch.StartNew();
        client.Send(groups);
        var seconds = watch.Elapsed.TotalSeconds;
        return (Jobs / seconds, (await observer.CpuMicrosAsync() - cpu) / Jobs);
    }

    private static JobToAdd Job() => new()
    {
        Name = BenchPayload.JobName,
        Data = Encoding.UTF8.GetBytes(Payload),
        OptionsJson = "{}"u8.ToArray(),
        Timestamp = 1_700_000_000_000,
    };

    private static Settlement Done(string id) => new()
    {
        Kind = SettlementKind.Completed, JobId = id, Token = Token, Value = "null"u8.ToArray(), Keep = new KeepJobs(-1, null, null),
    };

    private readonly record struct Figure(double AddRate, double AddMicros, double ProcessRate, double ProcessMicros);
}
