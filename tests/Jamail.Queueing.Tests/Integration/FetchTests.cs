using System.Collections.Concurrent;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Integration;

public sealed class FetchTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_job_is_fetched_typed_and_completed_by_hand()
    {
        await using var host = await StartAsync();
        await host.Queue.AddAsync("n", new { a = 5 }, new JobOptions { Attempts = 2 });

        var fetched = (await Fetcher(host).TryFetchAsync())!;
        var typed = fetched.As<Dictionary<string, int>>();
        await typed.LogAsync("working");
        await fetched.SettleAsync(new JobOutcome.Completed(new { ok = true }));

        Assert.Equal((5, 1, 2), (typed.Payload["a"], typed.Attempt, typed.Attempts));
        var job = await host.GetAsync(typed.Id);
        Assert.Equal((JobState.Completed, """{"ok":true}"""), (job.State, job.ReturnValue));
        Assert.Equal(["working"], await host.Inspector.GetLogsAsync(typed.Id));
        Assert.Null(await Fetcher(host).TryFetchAsync());
    }

    [Fact]
    public async Task Fetching_waits_for_a_job_also_for_a_delayed_one()
    {
        await using var host = await StartAsync();
        var waiting = Fetcher(host).TryFetchAsync(Wait);
        var id = await host.Queue.AddAsync("n", 1);
        Assert.Equal(id, (await waiting)!.Job.Id);

        var delayed = Fetcher(host).TryFetchAsync(Wait);
        var later = await host.Queue.AddAsync("n", 2, new JobOptions { Delay = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(later, (await delayed)!.Job.Id);
        Assert.Null(await Fetcher(host).TryFetchAsync(TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task Ten_loops_get_each_job_once()
    {
        const int Jobs = 200;
        await using var host = await StartAsync();
        using var enough = new CancellationTokenSource();
        var ids = new ConcurrentQueue<string>();
        var loops = Enumerable.Range(0, 10).Select(async _ =>
        {
            while (await Fetcher(host).TryFetchAsync(Wait, enough.Token) is { } fetched)
            {
                ids.Enqueue(fetched.Job.Id.Value);
                await fetched.SettleAsync(new JobOutcome.Completed());
            }
        }).ToList();
        await host.Queue.AddManyAsync(Enumerable.Range(0, Jobs).Select(i => new NewJob<int>("n", i)));

        await Eventually.True(
            async () => await host.Inspector.GetCountsAsync() is { Waiting: 0, Active: 0 }, "every job to be settled");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(loops));

        Assert.Equal((Jobs, Jobs), (ids.Count, ids.Distinct().Count()));
    }

    [Fact]
    public async Task Failures_are_tried_again_by_the_jobs_options_and_outcomes_mean_what_they_mean_to_a_worker()
    {
        await using var host = await StartAsync();
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 2 });

        await (await Fetcher(host).TryFetchAsync())!.FailAsync(new InvalidOperationException("first"));
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(id));
        await (await Fetcher(host).TryFetchAsync())!.SettleAsync(new JobOutcome.Postponed(TimeSpan.FromHours(1)));
        Assert.Equal(JobState.Delayed, await host.Inspector.GetStateAsync(id));
        await host.Inspector.PromoteAsync(id);
        await (await Fetcher(host).TryFetchAsync())!.FailAsync(new InvalidOperationException("second"));

        Assert.Equal((JobState.Failed, "second"), ((await host.GetAsync(id)).State, (await host.GetAsync(id)).FailedReason));
    }

    [Fact]
    public async Task A_lock_that_is_not_renewed_is_lost_and_the_job_comes_back()
    {
        await using var host = await StartAsync(TimeSpan.FromSeconds(2));
        await using var other = await StartAsync();
        await host.Queue.AddAsync("n", 1);
        var first = (await Fetcher(host).TryFetchAsync())!;
        Assert.True(await first.RenewAsync());
        Assert.True(first.HoldsLock);

        await Fetcher(host).RecoverStalledAsync();
        await Eventually.Equal(1, async () => (await Fetcher(host).RecoverStalledAsync()).Count, "recovered jobs");
        var second = (await Fetcher(other).TryFetchAsync(Wait))!;

        Assert.Equal((first.Job.Id, 2), (second.Job.Id, second.Job.AttemptsStarted));
        Assert.False(await first.RenewAsync());
        Assert.False(first.HoldsLock);
        var refusal = await Assert.ThrowsAsync<JobQueueException>(() => first.SettleAsync(new JobOutcome.Completed()));
        Assert.True(refusal.Error is JobQueueError.LockMismatch or JobQueueError.LockLost);
        await second.SettleAsync(new JobOutcome.Completed());
        var again = await Assert.ThrowsAsync<JobQueueException>(() => second.SettleAsync(new JobOutcome.Completed()));
        Assert.Equal(JobQueueError.LockLost, again.Error);
    }

    [Fact]
    public async Task What_must_not_be_run_is_failed_and_what_has_no_job_is_dropped_on_the_way()
    {
        await using var host = await StartAsync();
        var database = RedisServer.Shared.Database;
        var doomed = await host.Queue.AddAsync("n", 1);
        await database.HashSetAsync($"bull:{_queue}:{doomed}", "defa", "no more");
        await database.ListLeftPushAsync($"bull:{_queue}:wait", "ghost");
        var good = await host.Queue.AddAsync("n", 2);

        var fetched = (await Fetcher(host).TryFetchAsync(Wait))!;

        Assert.Equal(good, fetched.Job.Id);
        Assert.Equal("no more", (await host.GetAsync(doomed)).FailedReason);
        Assert.False(await database.KeyExistsAsync($"bull:{_queue}:ghost"));
        await fetched.SettleAsync(new JobOutcome.Completed());
        Assert.True(await host.Inspector.GetCountsAsync() is { Active: 0, Completed: 1, Failed: 1 });
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Fetcher(host).TryFetchAsync(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task After_a_rate_limit_the_job_is_back_and_the_fetcher_takes_none_until_the_time_is_over()
    {
        await using var host = await StartAsync();
        var id = await host.Queue.AddAsync("n", 1);
        await (await Fetcher(host).TryFetchAsync())!.SettleAsync(new JobOutcome.RateLimited(TimeSpan.FromHours(1)));

        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(id));
        Assert.Null(await Fetcher(host).TryFetchAsync());
        Assert.True(await RedisServer.Shared.Database.KeyTimeToLiveAsync($"bull:{_queue}:limiter") > TimeSpan.FromMinutes(59));

        // Another one takes it, as a worker without a limit does.
        await using var other = await StartAsync();
        var again = (await Fetcher(other).TryFetchAsync())!;
        Assert.Equal((id, 1, 2), (again.Job.Id, again.Job.Attempt, again.Job.AttemptsStarted));
        await again.SettleAsync(new JobOutcome.RateLimited(TimeSpan.FromMilliseconds(300)));
        var third = (await Fetcher(other).TryFetchAsync(Wait))!;
        Assert.Equal((id, 1, 3), (third.Job.Id, third.Job.Attempt, third.Job.AttemptsStarted));
        await third.SettleAsync(new JobOutcome.Completed());
        Assert.Equal(1, (await host.GetAsync(id)).AttemptsMade);
    }

    [Fact]
    public async Task A_rate_limit_of_no_length_fails_the_job_and_says_why()
    {
        await using var host = await StartAsync();
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 3 });

        await (await Fetcher(host).TryFetchAsync())!.SettleAsync(new JobOutcome.RateLimited(TimeSpan.Zero));

        Assert.StartsWith("The processor answered RateLimited, but: ", (await host.GetAsync(id)).FailedReason, StringComparison.Ordinal);
        Assert.False(await RedisServer.Shared.Database.KeyExistsAsync($"bull:{_queue}:limiter"));
    }

    [Fact]
    public async Task The_scheduler_of_a_fetched_job_goes_on()
    {
        await using var host = await StartAsync();
        var schedulers = host.Services.GetRequiredKeyedService<IJobSchedulers>(_queue);
        await schedulers.UpsertAsync("s", new JobSchedule.Every(TimeSpan.FromMilliseconds(200)) { Limit = 3 }, "n", new { a = 5 });

        var ids = new List<string>();
        for (var run = 1; run <= 3; run++)
        {
            var fetched = (await Fetcher(host).TryFetchAsync(Wait))!;
            ids.Add(fetched.Job.Id.Value);
            Assert.Equal(5, fetched.As<Dictionary<string, int>>().Payload["a"]);

            // The next job is there before this one is in the hands of the loop; after the last there is none.
            var counts = await host.Inspector.GetCountsAsync();
            Assert.Equal(run < 3 ? 1 : 0, counts.Delayed + counts.Waiting);
            await fetched.SettleAsync(new JobOutcome.Completed());
        }

        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith("repeat:s:", id, StringComparison.Ordinal));
        Assert.Null(await Fetcher(host).TryFetchAsync());
    }

    private Task<QueueHost> StartAsync(TimeSpan? lockDuration = null) => QueueHost.StartAsync(_queue, configure: queueing => queueing.Services.Configure<JobWorkerOptions>(
        _queue,
        worker =>
        {
            worker.LockDuration = lockDuration ?? TimeSpan.FromMinutes(5);
            worker.StalledInterval = TimeSpan.FromMilliseconds(250);
        }));

    private IJobFetcher Fetcher(QueueHost host) => host.Services.GetRequiredKeyedService<IJobFetcher>(_queue);
}
