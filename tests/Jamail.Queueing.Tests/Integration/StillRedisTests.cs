using System.Collections.Concurrent;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

/// <summary>A Redis that answers nothing for a while and keeps its connections.</summary>
public sealed class StillRedisTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_Redis_that_stands_still_costs_no_job_a_second_run()
    {
        const int Jobs = 3000;
        await using var redis = await RedisServer.StartNewAsync();
        var runs = new ConcurrentDictionary<int, int>();
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, cancellationToken) =>
            {
                runs.AddOrUpdate(job.Payload.GetInt32(), 1, (_, times) => times + 1);
                await Task.Delay(5, cancellationToken);
                return Done;
            },
            worker => (worker.Concurrency, worker.LockDuration) = (20, TimeSpan.FromMinutes(5)),
            redis.ConnectionString,
            queueing => queueing.Configure(options => options.RemoveOnComplete = JobRetention.Forever));
        await host.Queue.AddManyAsync(Enumerable.Range(0, Jobs).Select(i => new NewJob<int>("n", i)));
        await Eventually.True(() => runs.Count > 100, "a part of the jobs to run");

        redis.Pause();
        await Task.Delay(3000);
        var before = runs.Count;
        redis.Resume();

        await Eventually.True(() => runs.Count > before, "work to go on");
        await Eventually.Equal(
            Jobs, async () => (await host.Inspector.GetCountsAsync()).Completed, "completed", TimeSpan.FromSeconds(60));
        Assert.All(runs, run => Assert.Equal(1, run.Value));
    }

    [Fact]
    public async Task Calls_unanswered_for_a_lock_duration_are_looked_up_over_a_new_connection()
    {
        const int Jobs = 300;
        await using var redis = await RedisServer.StartNewAsync();
        var finished = new ConcurrentDictionary<int, int>();
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, cancellationToken) =>
            {
                await Task.Delay(5, cancellationToken);
                finished.AddOrUpdate(job.Payload.GetInt32(), 1, (_, times) => times + 1);
                return Done;
            },
            worker =>
            {
                worker.Concurrency = 20;
                worker.LockDuration = TimeSpan.FromSeconds(1);
                worker.StalledInterval = TimeSpan.FromSeconds(1);
                worker.MaxStalledCount = 10;
            },
            redis.ConnectionString,
            queueing => queueing.Configure(options => options.RemoveOnComplete = JobRetention.Forever));
        await host.Queue.AddManyAsync(Enumerable.Range(0, Jobs).Select(i => new NewJob<int>("n", i)));
        await Eventually.True(() => finished.Count > 50, "a part of the jobs to run");

        redis.Pause();
        await Task.Delay(4000);
        redis.Resume();

        await Eventually.Equal(
            Jobs, async () => (await host.Inspector.GetCountsAsync()).Completed, "completed", TimeSpan.FromSeconds(60));
        Assert.Equal(Jobs, finished.Count);
        Assert.Equal(0, (await host.Inspector.GetCountsAsync()).Active);
    }
}
