using System.Collections.Concurrent;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail.Queueing.Tests.Integration;

public sealed class RedisFaultTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_host_that_starts_before_Redis_waits_for_it()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await redis.StopAsync();
        await using var host = await QueueHost.StartAsync(
            _queue,
            (_, _) => Task.FromResult(Done),
            redis: redis.ConnectionString,
            configure: queueing => queueing.Configure(options => options.AddTimeout = TimeSpan.FromMinutes(1)));
        var add = host.Queue.AddAsync("n", 1);
        await Eventually.True(() => host.Log.All.Any(line => line.Id == 1001), "the log to say that Redis is away");
        Assert.False(add.IsCompleted);

        await redis.StartAsync();

        await host.StateWhenAsync(await add, JobState.Completed);
        await Eventually.True(() => host.Log.All.Any(line => line.Id == 1002), "the log to say that Redis is back");
    }

    [Fact]
    public async Task An_add_that_cannot_be_sent_in_time_says_that_nothing_was_added()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await redis.StopAsync();
        await using var host = await QueueHost.StartAsync(
            _queue,
            redis: redis.ConnectionString,
            configure: queueing => queueing.Configure(options => options.AddTimeout = TimeSpan.FromSeconds(1)));

        var error = await Assert.ThrowsAsync<JobQueueException>(() => host.Queue.AddAsync("n", 1));
        var many = await host.Queue.AddManyAsync([new NewJob<int>("n", 1), new NewJob<int>("n", 2)]);

        Assert.Equal(JobQueueError.Unavailable, error.Error);
        Assert.Equal([JobQueueError.Unavailable, JobQueueError.Unavailable], many.Select(job => job.Error!.Error));
        await redis.StartAsync();
        await AddedAsync(host, 3);
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    [Fact]
    public async Task An_add_whose_answer_does_not_come_says_that_it_is_unknown()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var host = await QueueHost.StartAsync(
            _queue,
            redis: redis.ConnectionString,
            configure: queueing => queueing.Configure(options => options.AddTimeout = TimeSpan.FromSeconds(1)));
        await AddedAsync(host, 1);

        redis.Pause();
        var error = await Assert.ThrowsAsync<JobQueueException>(() => host.Queue.AddAsync("n", 2));
        using var cancel = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Queue.AddAsync("n", 3, null, cancel.Token));
        redis.Resume();

        Assert.Equal(JobQueueError.Unknown, error.Error);
        Assert.Contains("JobOptions.Id", error.Message, StringComparison.Ordinal);
        await Eventually.True(
            async () => (await host.Inspector.GetCountsAsync()).Waiting >= 2, "the add to be carried out nevertheless");
    }

    /// <summary>The limit of an add is short here: a second try is made under the same id.</summary>
    private static Task<JobId> AddedAsync(QueueHost host, int number) => Eventually.Satisfies(
        () => host.Queue.AddAsync("n", number, new JobOptions { Id = JobId.Choose($"n-{number}") }), _ => true, "an accepted job");

    [Fact]
    public async Task Redis_restarted_in_the_middle_loses_no_job_and_repeats_none_that_was_settled()
    {
        const int Jobs = 2000;
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { AppendOnly = true });
        var runs = new ConcurrentDictionary<int, int>();
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, cancellationToken) =>
            {
                runs.AddOrUpdate(job.Payload.GetInt32(), 1, (_, times) => times + 1);
                await Task.Delay(5, cancellationToken);
                return Done;
            },
            worker =>
            {
                worker.Concurrency = 20;
                worker.StalledInterval = TimeSpan.FromSeconds(1);
            },
            redis.ConnectionString,
            queueing => queueing.Configure(options => options.RemoveOnComplete = JobRetention.Forever));
        await host.Queue.AddManyAsync(Enumerable.Range(0, Jobs).Select(i => new NewJob<int>("n", i)));
        await Eventually.True(() => runs.Count > 100, "a part of the jobs to run");

        await redis.KillAsync();
        await Task.Delay(500);
        await redis.StartAsync();

        await Eventually.Equal(
            Jobs, async () => (await host.Inspector.GetCountsAsync()).Completed, "completed", TimeSpan.FromSeconds(60));
        Assert.Equal(Jobs, runs.Count);
        Assert.All(runs, run => Assert.Equal(1, run.Value));
        Assert.Equal(0, (await host.Inspector.GetCountsAsync()).Active);
    }

    [Fact]
    public async Task Scripts_forgotten_by_Redis_are_loaded_again()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done), redis: redis.ConnectionString);
        await host.StateWhenAsync(await host.Queue.AddAsync("n", 1), JobState.Completed);

        await redis.Database.ExecuteAsync("SCRIPT", "FLUSH");

        await host.StateWhenAsync(await host.Queue.AddAsync("n", 2), JobState.Completed);
    }

    [Fact]
    public async Task Health_follows_Redis_and_an_idle_queue_stays_healthy()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var host = await QueueHost.StartAsync(
            _queue, (_, _) => Task.FromResult(Done), worker => worker.IdleWait = TimeSpan.FromMilliseconds(500), redis.ConnectionString);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        async Task<HealthStatus> StatusAsync() => (await health.CheckHealthAsync()).Status;
        await Eventually.Equal(HealthStatus.Healthy, StatusAsync, "health");

        redis.Pause();
        await Eventually.Equal(HealthStatus.Unhealthy, StatusAsync, "health");
        await Task.Delay(2000); // Longer than an idle wait and its watchdog.
        redis.Resume();
        await Eventually.Equal(HealthStatus.Healthy, StatusAsync, "health");

        await redis.StopAsync();
        await Eventually.Equal(HealthStatus.Unhealthy, StatusAsync, "health");
        await Eventually.True(() => host.Log.All.Any(line => line.Id == 1001), "the log to say that Redis is away");
        await redis.StartAsync();
        await Eventually.Equal(HealthStatus.Healthy, StatusAsync, "health");
        await host.StateWhenAsync(await host.Queue.AddAsync("n", 1), JobState.Completed);
    }

    [Fact]
    public async Task A_Redis_that_evicts_is_warned_about_and_degrades_health()
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { MaxMemoryPolicy = "allkeys-lru" });
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done), redis: redis.ConnectionString);

        await Eventually.True(() => host.Log.All.Any(line => line.Id == 1003), "a warning");
        var report = await Eventually.Satisfies(
            () => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(),
            report => report.Status == HealthStatus.Degraded,
            "health to be degraded");

        Assert.Contains("noeviction", report.Entries["jamail-redis"].Description, StringComparison.Ordinal);
        Assert.Equal(1, host.Log.All.Count(line => line.Id == 1003));
    }

    [Fact]
    public async Task A_password_is_used_and_never_logged()
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { Password = "canary-p@ss:w/rd" });
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done), redis: redis.Url);

        await host.StateWhenAsync(await host.Queue.AddAsync("n", 1), JobState.Completed);

        Assert.DoesNotContain(host.Log.All, line => line.Text.Contains("canary", StringComparison.Ordinal));
    }
}
