using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;
using StackExchange.Redis;

namespace Jamail.Interop.Tests;

/// <summary>One queue, three Node workers of both majors and three Jamail hosts, a Redis of their own.</summary>
public sealed class MixedFleetTests
{
    private const int Count = 5_000;
    private const string Queue = "fleet";

    [Theory, MemberData(nameof(Proof.Rounds), 1, 10, MemberType = typeof(Proof))]
    public async Task Every_job_runs_as_often_as_its_attempts_and_stalls_say_though_a_worker_is_killed(int _)
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var five = await NodeClient.StartAsync(NodeClient.Five, redis);
        await using var six = await NodeClient.StartAsync(NodeClient.Six, redis);
        await using var otherSix = await NodeClient.StartAsync(NodeClient.Six, redis);
        await using var producer = await JamailHost.ProduceAsync(redis, Queue);
        var node = new { concurrency = 10, lockDuration = 10_000, stalledInterval = 2_000, maxStalledCount = 3 };
        await five.CallAsync("work", Queue, "five", node);
        await six.CallAsync("work", Queue, "six", node);
        await otherSix.CallAsync("work", Queue, "other-six", node);
        await using var first = await WorkAsync(redis, "first");
        await using var second = await WorkAsync(redis, "second");
        await using var victim = await WorkAsync(redis, "victim");

        // Every tenth job fails once; both sides add.
        for (var batch = 0; batch < Count; batch += 1_000)
        {
            var numbers = Enumerable.Range(batch, 500).ToList();
            await producer.Queue.AddManyAsync(numbers.Select(i => new NewJob<Work>("work", Job(i), new JobOptions
            {
                Attempts = 3, Backoff = new Backoff.Fixed(TimeSpan.FromMilliseconds(50)), Id = JobId.Choose($"job-{i}"),
                RemoveOnComplete = JobRetention.Forever,
            })));
            await six.CallAsync("addBulk", Queue, numbers.Select(i => i + 500).Select(i => new
            {
                name = "work",
                data = Job(i),
                opts = new { attempts = 3, backoff = new { type = "fixed", delay = 50 }, jobId = $"job-{i}", removeOnComplete = false },
            }));
        }

        await Eventually.True(async () => (await producer.Inspector.GetCountsAsync()).Completed > Count / 5, "a fifth of the jobs to end");
        await victim.KillAsync();
        await Eventually.Equal(
            Count, async () => (int)(await producer.Inspector.GetCountsAsync()).Completed, "completed jobs", TimeSpan.FromMinutes(3));

        var runs = (await RunRecord.ReadAsync(redis.Database, Queue)).ToLookup(run => run.JobId);
        var wrong = new List<string>();
        foreach (var number in Enumerable.Range(0, Count))
        {
            var id = $"job-{number}";
            var fields = await redis.Database.HashGetAsync($"bull:{Queue}:{id}", ["atm", "stc", "ats"]);
            var (made, stalled, started) = (Number(fields[0]), Number(fields[1]), Number(fields[2]));

            // A job that was fetched but had not begun when its worker was killed is started once more than it ran.
            var ran = runs[id].Count();
            if (made != (number % 10 == 0 ? 2 : 1) || started != made + stalled || ran > started || ran < started - stalled)
            {
                wrong.Add($"{id}: atm {made}, stc {stalled}, ats {started}, runs {ran}");
            }
        }

        Assert.Empty(wrong);
        Proof.Note("Mixed fleet, both majors, one host killed, 5,000 jobs, a tenth retried: all complete", "runs", runs.Sum(run => run.Count()));
        Assert.Equal(
            ["first", "five", "other-six", "second", "six", "victim"],
            runs.SelectMany(run => run).Select(run => run.Worker).Distinct().Order(StringComparer.Ordinal));
    }

    private static Work Job(int number) => new(number, FailTimes: number % 10 == 0 ? 1 : 0, Ms: 5);

    private static int Number(RedisValue value) => value.IsNull ? 0 : (int)value;

    private static Task<DotnetProcess> WorkAsync(RedisServer redis, string name) => JamailHost.WorkInChildAsync(
        redis, Queue, ("Work:Name", name),
        JamailHost.Worker(Queue, "Concurrency", 10), JamailHost.Worker(Queue, "LockDuration", TimeSpan.FromSeconds(10)),
        JamailHost.Worker(Queue, "StalledInterval", TimeSpan.FromSeconds(2)), JamailHost.Worker(Queue, "MaxStalledCount", 3));
}
