using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.Options;

namespace Jamail.Bench;

/// <summary>Adds and works off jobs by a client that sends what was made before: plain commands, or the group scripts.</summary>
internal static class PipelinedJobs
{
    public const int Jobs = 20_000;
    public const int Group = 50;
    private const string Queue = "limit";
    private const string Token = "00000000-0000-0000-0000-000000000000:1";
    private static readonly string Payload = JsonSerializer.Serialize(BenchPayload.Of(0), JsonSerializerOptions.Web);

    /// <param name="isPlain">Commands without Lua, instead of the scripts that give them.</param>
    /// <param name="completed">How many completed jobs are there already.</param>
    public static async Task<WorkFigure> TakeAsync(bool isPlain, int completed = 0)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await Backlog.FillAsync(redis.Database, Queue, "completed", completed, DateTimeOffset.UnixEpoch);
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
        PipelineGroup[] adds = isPlain
            ? [.. ids.Select(plain.Adds)]
            : [.. ids.Select(group => new PipelineGroup().Add(new AddJobs(runner, keys).Encode([.. group.Select(static _ => Job())])))];

        // Calls overlap: each settles what the one so many before it took.
        var turns = Enumerable.Range(0, ids.Length + PipelineClient.Depth).Select(turn => (
            Done: turn < PipelineClient.Depth ? [] : ids[turn - PipelineClient.Depth],
            Next: turn < ids.Length ? ids[turn] : []));
        var finish = new FinishJobs(runner, keys);
        PipelineGroup[] finishes =
        [
            .. turns.Select(turn => isPlain
                ? plain.Finishes(turn.Done, turn.Next)
                : new PipelineGroup().Add(finish.Encode(
                    [.. turn.Done.Select(Done)], turn.Next.Length, 1_700_000_000_000, new FetchTerms(Token, 30_000)))),
        ];

        var observer = new Observer(redis, new SideSpec { Kind = "jobs", Queue = Queue, Count = Jobs });
        using var client = new PipelineClient(redis.Port);
        var (addRate, addMicros) = await SendAsync(client, adds, observer);
        var (processRate, processMicros) = await SendAsync(client, finishes, observer);
        await observer.CheckJobsAsync(Jobs, leavesBacklogOut: true);
        return new WorkFigure(addRate, addMicros, processRate, processMicros);
    }

    private static async Task<(double Rate, double Micros)> SendAsync(PipelineClient client, PipelineGroup[] groups, Observer observer)
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
}
