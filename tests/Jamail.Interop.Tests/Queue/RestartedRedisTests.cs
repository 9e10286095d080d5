using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

/// <summary>A Redis of the test's own that goes away in the middle of a run.</summary>
public sealed class RestartedRedisTests
{
    private const int Count = 400;

    public static TheoryData<string, string> Endings => new()
    {
        { "kill", "" }, { "stop", "" }, { "kill", NodeClient.Five }, { "kill", NodeClient.Six },
    };

    [Theory, MemberData(nameof(Endings))]
    public async Task A_run_goes_on_when_redis_is_back_with_its_data(string ending, string nodeBesides)
    {
        const string Queue = "restarted";
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { AppendOnly = true });
        await using var host = await JamailHost.WorkAsync(redis, Queue,
            JamailHost.Worker(Queue, "Concurrency", 10), JamailHost.Worker(Queue, "LockDuration", TimeSpan.FromSeconds(2)),
            JamailHost.Worker(Queue, "StalledInterval", TimeSpan.FromSeconds(1)), JamailHost.Worker(Queue, "MaxStalledCount", 5));
        await using var node = nodeBesides.Length == 0 ? null : await NodeClient.StartAsync(nodeBesides, redis);
        if (node is not null)
        {
            await node.CallAsync("work", Queue, "node", new { concurrency = 5, lockDuration = 2000, stalledInterval = 1000, maxStalledCount = 5 });
        }

        await host.Queue.AddManyAsync(Enumerable.Range(0, Count).Select(i => new NewJob<Work>(
            "work", new Work(i, i % 10 == 0 ? 1 : 0, Ms: 20),
            new JobOptions { Attempts = 20, Backoff = new Backoff.Fixed(TimeSpan.FromMilliseconds(100)) })));
        await Eventually.True(async () => (await host.Inspector.GetCountsAsync()).Completed > Count / 4, "a quarter of the jobs to end");

        await (ending == "kill" ? redis.KillAsync() : redis.StopAsync());
        await redis.StartAsync();

        await Eventually.Equal(Count, async () => (int)(await host.Inspector.GetCountsAsync()).Completed, "completed jobs", TimeSpan.FromSeconds(90));
        var counts = await host.Inspector.GetCountsAsync();
        Assert.Equal((0, 0, 0, 0), (counts.Failed, counts.Active, counts.Waiting, counts.Delayed));
        Assert.Equal(Count, (await RunRecord.ReadAsync(redis.Database, Queue)).Select(run => run.JobId).Distinct().Count());
    }

    [Fact]
    public async Task A_host_that_starts_before_redis_works_when_it_is_there()
    {
        const string Queue = "early";
        await using var redis = await RedisServer.StartNewAsync();
        await redis.StopAsync();

        await using var host = await JamailHost.WorkAsync(redis, Queue);
        await redis.StartAsync();

        var id = await host.Queue.AddAsync("work", new Work(3));
        await Eventually.Equal(JobState.Completed, () => host.Inspector.GetStateAsync(id), "state of the job");
    }

    [Fact]
    public async Task A_host_works_new_jobs_after_redis_lost_its_memory()
    {
        const string Queue = "forgetful";
        await using var redis = await RedisServer.StartNewAsync();
        await using var host = await JamailHost.WorkAsync(redis, Queue);
        await host.Queue.AddAsync("work", new Work(1), new JobOptions { Delay = TimeSpan.FromHours(1) });

        await redis.KillAsync();
        await redis.StartAsync();

        var id = await Eventually.Satisfies(() => host.Queue.AddAsync("work", new Work(2)), _ => true, "an accepted job");
        await Eventually.Equal(JobState.Completed, () => host.Inspector.GetStateAsync(id), "state of the job");
        Assert.Equal(0, (await host.Inspector.GetCountsAsync()).Delayed);
    }

    [Fact]
    public async Task A_redis_that_does_not_answer_for_a_while_costs_no_job()
    {
        const string Queue = "paused-server";
        await using var redis = await RedisServer.StartNewAsync();
        await using var host = await JamailHost.WorkAsync(redis, Queue, JamailHost.Worker(Queue, "Concurrency", 10));
        await host.Queue.AddManyAsync(Enumerable.Range(0, Count).Select(i => new NewJob<Work>("work", new Work(i, Ms: 10))));
        await Eventually.True(async () => (await host.Inspector.GetCountsAsync()).Completed > 20, "the first jobs to end");

        redis.Pause();
        await Task.Delay(TimeSpan.FromSeconds(3));
        redis.Resume();

        await Eventually.Equal(Count, async () => (int)(await host.Inspector.GetCountsAsync()).Completed, "completed jobs", TimeSpan.FromSeconds(60));
        Assert.Equal(Count, (await RunRecord.ReadAsync(redis.Database, Queue)).Count);
    }
}
