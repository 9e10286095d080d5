using System.Collections.Concurrent;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class SteeringTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_paused_queue_runs_nothing_until_it_is_resumed()
    {
        var seen = new ConcurrentQueue<int>();
        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
        {
            seen.Enqueue(job.Payload.GetInt32());
            return Task.FromResult(Done);
        });
        await host.Inspector.PauseAsync();
        Assert.True(await host.Inspector.IsPausedAsync());

        for (var i = 0; i < 3; i++)
        {
            await host.Queue.AddAsync("n", i);
        }

        // By the time that another worker has run its job, one that took no notice of the pause would have too.
        await using var other = await QueueHost.StartAsync(QueueHost.NewName(), (_, _) => Task.FromResult(Done));
        await other.StateWhenAsync(await other.Queue.AddAsync("n", 0), JobState.Completed);
        Assert.Empty(seen);
        await host.Inspector.ResumeAsync();

        await Eventually.Equal(3, () => seen.Count, "jobs run");
        Assert.Equal([0, 1, 2], seen);
        Assert.False(await host.Inspector.IsPausedAsync());
    }

    [Fact]
    public async Task A_failed_job_is_retried_on_demand()
    {
        var isBroken = true;
        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
            isBroken ? throw new InvalidOperationException("broken") : Task.FromResult(Done));
        var id = await host.Queue.AddAsync("n", 1);
        await host.StateWhenAsync(id, JobState.Failed);

        isBroken = false;
        await host.Inspector.RetryAsync(id);

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Null((await host.GetAsync(id)).FailedReason);
    }

    [Fact]
    public async Task Retrying_what_has_not_failed_is_refused_with_the_reason()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var id = await host.Queue.AddAsync("n", 1);

        var waiting = await Assert.ThrowsAsync<JobQueueException>(() => host.Inspector.RetryAsync(id));
        var missing = await Assert.ThrowsAsync<JobQueueException>(() => host.Inspector.RetryAsync(JobId.Parse("none")));

        Assert.Equal(JobQueueError.InvalidState, waiting.Error);
        Assert.Equal(JobQueueError.JobNotFound, missing.Error);
    }

    [Fact]
    public async Task A_delayed_job_is_promoted_on_demand()
    {
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done));
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Delay = TimeSpan.FromHours(1) });

        await host.Inspector.PromoteAsync(id);

        await host.StateWhenAsync(id, JobState.Completed);
    }

    [Fact]
    public async Task A_waiting_job_is_removed_and_a_running_one_is_not()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var host = await QueueHost.StartAsync(_queue, async (_, _) =>
        {
            started.TrySetResult();
            await finish.Task;
            return Done;
        });
        var running = await host.Queue.AddAsync("n", 1);
        await started.Task;
        var waiting = await host.Queue.AddAsync("n", 2);

        Assert.True(await host.Inspector.RemoveAsync(waiting));
        Assert.False(await host.Inspector.RemoveAsync(running));

        Assert.Null(await host.Inspector.TryGetJobAsync(waiting));
        Assert.Equal(JobState.Unknown, await host.Inspector.GetStateAsync(waiting));
        finish.SetResult();
        await host.StateWhenAsync(running, JobState.Completed);
    }

    [Fact]
    public async Task Jobs_are_listed_a_page_at_a_time_each_once()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        await host.Queue.AddManyAsync(Enumerable.Range(0, 25).Select(i => new NewJob<int>("n", i)));

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await host.Inspector.GetJobsAsync(JobState.Waiting, cursor, 10);
            seen.AddRange(page.Items.Select(job => job.Data));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"{i}"), seen);
    }

    [Fact]
    public async Task Completed_jobs_beyond_the_retention_are_gone()
    {
        await using var host = await QueueHost.StartAsync(
            _queue,
            (_, _) => Task.FromResult(Done),
            worker => worker.RemoveOnComplete = JobRetention.Newest(3));

        var own = await host.Queue.AddAsync("n", 1, new JobOptions { RemoveOnComplete = JobRetention.None });
        for (var i = 0; i < 10; i++)
        {
            await host.Queue.AddAsync("n", i);
        }

        await Eventually.True(
            async () => await host.Inspector.GetCountsAsync() is { Waiting: 0, Active: 0, Completed: 3 }, "3 completed jobs");
        Assert.Null(await host.Inspector.TryGetJobAsync(own));
    }

    [Fact]
    public async Task Masked_members_are_shown_as_stars_and_given_to_the_processor()
    {
        var seen = new TaskCompletionSource<string?>();
        await using var host = await QueueHost.StartAsync(
            _queue,
            (job, _) =>
            {
                seen.SetResult(job.Payload.GetProperty("hook").GetProperty("secret").GetString());
                return Task.FromResult<JobOutcome>(new JobOutcome.Completed(new { secret = "canary" }));
            },
            configure: queueing => queueing.AddQueue(_queue).MaskDataMember("secret"));

        var id = await host.Queue.AddAsync("n", new { url = "u", hook = new { secret = "canary" } });

        Assert.Equal("canary", await seen.Task);
        await host.StateWhenAsync(id, JobState.Completed);
        var job = await host.GetAsync(id);
        Assert.Equal("""{"url":"u","hook":{"secret":"***"}}""", job.Data);
        Assert.Equal("""{"secret":"***"}""", job.ReturnValue);
        Assert.DoesNotContain(host.Log.All, line => line.Text.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_epoch_stays_until_Redis_loses_its_memory()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await using var host = await QueueHost.StartAsync(_queue, redis: redis.ConnectionString);
        var first = await host.Inspector.GetEpochAsync();
        Assert.Equal(first, await host.Inspector.GetEpochAsync());

        await redis.FlushAllAsync();

        Assert.NotEqual(first, await host.Inspector.GetEpochAsync());
        Assert.Equal("mine", await host.Inspector.ClaimForDatabaseAsync("mine"));
        Assert.Equal("mine", await host.Inspector.ClaimForDatabaseAsync("other"));
    }
}
