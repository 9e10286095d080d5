using Jamail.TestSupport;
using StackExchange.Redis;

namespace Jamail.Bench;

/// <summary>Very many delayed jobs that are due in the same second.</summary>
internal static class DueAtOnce
{
    private const int Jobs = 1_000_000;
    private const int MostMs = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly SideSpec Spec = new()
    {
        Kind = "jobs", Count = Jobs, Warmup = 20_000, Add = false, Process = true, Concurrency = 200, StopsItself = true,
    };

    public static async Task<AloneTable> TakeAsync()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var child = SideProcess.Start(Side.Jamail, Spec with { Port = redis.Port });
        await child.ReadAsync("ready", Patience);
        await Backlog.FillAsync(redis.Database, Spec.Queue, "delayed", Jobs, DateTimeOffset.UtcNow.AddSeconds(1));
        await Task.Delay(TimeSpan.FromSeconds(1));
        foreach (var (name, value) in new[] { ("slowlog-log-slower-than", "1000"), ("slowlog-max-len", "1000000") })
        {
            await redis.Database.ExecuteAsync("CONFIG", "SET", name, value);
        }

        await redis.Database.ExecuteAsync("SLOWLOG", "RESET");
        await child.SendAsync(new { });
        await child.ReadAsync("added", Patience);
        await child.SendAsync(new { });
        var stopped = await child.ReadAsync("stopped", Patience);
        await new Observer(redis, Spec).CheckJobsAsync(Jobs);

        var micros = await ScriptMicrosAsync(redis.Database);
        var longest = micros.DefaultIfEmpty(0).Max() / 1000;
        await Console.Error.WriteLineAsync($"{Jobs} due at once: longest script call {Text.Figure(longest)} ms");
        return new AloneTable(
            "A million jobs due in the same second",
            "Delayed jobs whose time has come are worked off by one worker with concurrency 200; each ran once. Script calls of 1 ms and "
            + "more are those that Redis noted in its slow log.",
            ["jobs/s", "calls of 1 ms and more", "median of these, ms", "longest call, ms", "at most, ms", ""],
            [[
                Text.Figure(stopped.GetProperty("runRate").GetDouble()), Text.Figure(micros.Count), Text.Figure(micros.Median() / 1000),
                Text.Figure(longest), Text.Figure(MostMs), longest <= MostMs ? "met" : "missed",
            ]]);
    }

    private static async Task<List<double>> ScriptMicrosAsync(IDatabase database)
    {
        var micros = new List<double>();
        foreach (var entry in (RedisResult[])(await database.ExecuteAsync("SLOWLOG", "GET", "-1"))!)
        {
            var fields = (RedisResult[])entry!;
            if (((string)((RedisResult[])fields[3]!)[0]!).StartsWith("EVAL", StringComparison.OrdinalIgnoreCase))
            {
                micros.Add((double)fields[2]);
            }
        }

        return micros;
    }
}
