using System.Globalization;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jamail.Queueing.Tests.Integration;

public sealed class LimitTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_worker_starts_no_more_jobs_in_a_window_than_its_limit_says()
    {
        var window = TimeSpan.FromMilliseconds(400);
        await using var host = await QueueHost.StartAsync(
            _queue,
            (_, _) => Task.FromResult(Done),
            worker =>
            {
                worker.Concurrency = 10;
                worker.RateLimit = new RateLimit(3, window);
            });

        await host.Queue.AddManyAsync(Enumerable.Range(0, 9).Select(i => new NewJob<int>("n", i)));

        await Eventually.Equal(9, async () => (await host.Inspector.GetCountsAsync()).Completed, "completed");
        AssertWindows(await TakenAsync(), 3, window);
    }

    [Fact]
    public async Task Two_hosts_share_the_rate_limit_of_the_queue()
    {
        var window = TimeSpan.FromMilliseconds(400);
        await using var producer = await QueueHost.StartAsync(_queue);
        var limits = Limits(producer);
        await limits.SetRateLimitAsync(new RateLimit(2, window));
        Assert.Equal(new RateLimit(2, window), await limits.GetRateLimitAsync());
        await producer.Queue.AddManyAsync(Enumerable.Range(0, 8).Select(i => new NewJob<int>("n", i)));

        await using var first = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done), worker => worker.Concurrency = 4);
        await using var second = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done), worker => worker.Concurrency = 4);

        await Eventually.Equal(8, async () => (await producer.Inspector.GetCountsAsync()).Completed, "completed");
        AssertWindows(await TakenAsync(), 2, window);

        await limits.SetRateLimitAsync(null);
        Assert.Null(await limits.GetRateLimitAsync());
    }

    [Fact]
    public async Task A_processor_that_meets_a_limit_holds_all_jobs_back_and_its_own_does_not_count_the_attempt()
    {
        var runs = 0;
        var wait = TimeSpan.FromMilliseconds(600);
        await using var producer = await QueueHost.StartAsync(_queue);
        var first = await producer.Queue.AddAsync("n", 1);
        var second = await producer.Queue.AddAsync("n", 2);
        var before = TimeProvider.System.GetUtcNow();

        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
            Task.FromResult(Interlocked.Increment(ref runs) == 1 ? new JobOutcome.RateLimited(wait) : Done));

        foreach (var id in new[] { first, second })
        {
            await host.StateWhenAsync(id, JobState.Completed);
            var job = await host.GetAsync(id);
            Assert.Equal(1, job.AttemptsMade);
            Assert.True(job.ProcessedOn - before >= wait, $"{job.ProcessedOn - before}");
        }

        Assert.Equal(2, (await host.GetAsync(first)).AttemptsStarted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public async Task A_processor_that_asks_for_an_impossible_hold_fails_its_job_and_says_why(int days)
    {
        await using var host = await QueueHost.StartAsync(
            _queue, (_, _) => Task.FromResult<JobOutcome>(new JobOutcome.RateLimited(TimeSpan.FromDays(days))));

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 3 });

        await host.StateWhenAsync(id, JobState.Failed);
        Assert.Contains("more than zero and at most 365 days", (await host.GetAsync(id)).FailedReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_binds_workers_with_a_limit_until_it_is_released()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(
            _queue,
            (_, _) =>
            {
                Interlocked.Increment(ref runs);
                return Task.FromResult(Done);
            },
            worker =>
            {
                worker.RateLimit = new RateLimit(100, TimeSpan.FromSeconds(1));
                worker.IdleWait = TimeSpan.FromMilliseconds(100);
            });
        var time = TimeSpan.FromMilliseconds(1500);
        var before = await RedisNowAsync();
        await Limits(host).HoldAsync(time);

        var id = await host.Queue.AddAsync("n", 1);

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal(1, runs);
        Assert.True((await TakenAsync())[0] - before >= time.TotalMilliseconds - 2);
        await Limits(host).HoldAsync(TimeSpan.FromHours(1));
        Assert.InRange(await Limits(host).GetHoldAsync(), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));
        await Limits(host).ReleaseAsync();
        Assert.Equal(TimeSpan.Zero, await Limits(host).GetHoldAsync());
    }

    [Fact]
    public async Task No_more_jobs_run_at_once_than_the_queue_allows_on_all_hosts()
    {
        var running = 0;
        var most = 0;
        async Task<JobOutcome> WorkAsync()
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Delay(10);
            Interlocked.Decrement(ref running);
            return Done;
        }

        await using var producer = await QueueHost.StartAsync(_queue);
        var limits = Limits(producer);
        Assert.Null(await limits.GetConcurrencyAsync());
        await limits.SetConcurrencyAsync(3);
        Assert.Equal(3, await limits.GetConcurrencyAsync());
        Assert.False(await limits.IsAtConcurrencyAsync());
        await producer.Queue.AddManyAsync(Enumerable.Range(0, 60).Select(i => new NewJob<int>("n", i)));

        await using var first = await QueueHost.StartAsync(_queue, (_, _) => WorkAsync(), Slots);
        await using var second = await QueueHost.StartAsync(_queue, (_, _) => WorkAsync(), Slots);

        await Eventually.Equal(60, async () => (await producer.Inspector.GetCountsAsync()).Completed, "completed");
        Assert.InRange(most, 1, 3);
        await limits.SetConcurrencyAsync(null);
        Assert.Null(await limits.GetConcurrencyAsync());

        static void Slots(JobWorkerOptions worker)
        {
            worker.Concurrency = 8;
            worker.IdleWait = TimeSpan.FromMilliseconds(100);
        }
    }

    [Fact]
    public async Task Priorities_are_counted_and_changed()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var plain = await host.Queue.AddAsync("plain", 1);
        var seven = await host.Queue.AddAsync("seven", 1, new JobOptions { Priority = 7 });
        await host.Queue.AddAsync("nine", 1, new JobOptions { Priority = 9 });
        await host.Queue.AddAsync("nine2", 1, new JobOptions { Priority = 9 });

        Assert.Equal(
            [(0, 1), (7, 1), (9, 2), (8, 0)],
            (await host.Inspector.GetCountsByPriorityAsync([0, 7, 9, 8, 9])).Select(pair => (pair.Key, (int)pair.Value)));

        await host.Inspector.ChangePriorityAsync(plain, 9);
        await host.Inspector.ChangePriorityAsync(seven, 9, lifo: true);
        var order = (await host.Inspector.GetJobsAsync(JobState.Prioritized)).Items.Select(job => job.Name);
        Assert.Equal(["seven", "nine", "nine2", "plain"], order);
        Assert.Equal(9, (await host.GetAsync(plain)).Priority);

        await host.Inspector.ChangePriorityAsync(seven, 0);
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(seven));
        var error = await Assert.ThrowsAsync<JobQueueException>(() => host.Inspector.ChangePriorityAsync(JobId.Choose("none"), 1));
        Assert.Equal(JobQueueError.JobNotFound, error.Error);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.ChangePriorityAsync(plain, -1));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.GetCountsByPriorityAsync([2_097_152]));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.GetCountsByPriorityAsync([]));
    }

    [Fact]
    public async Task A_delayed_job_gets_another_delay()
    {
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done));
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Delay = TimeSpan.FromHours(1) });

        await host.Inspector.ChangeDelayAsync(id, TimeSpan.FromMilliseconds(50));

        await host.StateWhenAsync(id, JobState.Completed);
        var finished = await Assert.ThrowsAsync<JobQueueException>(() => host.Inspector.ChangeDelayAsync(id, TimeSpan.Zero));
        Assert.Equal(JobQueueError.InvalidState, finished.Error);
        var missing = await Assert.ThrowsAsync<JobQueueException>(() => host.Inspector.ChangeDelayAsync(JobId.Choose("x"), TimeSpan.Zero));
        Assert.Equal(JobQueueError.JobNotFound, missing.Error);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.ChangeDelayAsync(id, TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task A_waiting_job_gets_another_payload()
    {
        var seen = new TaskCompletionSource<int>();
        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
        {
            seen.TrySetResult(job.Payload.GetInt32());
            return Task.FromResult(Done);
        });
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Delay = TimeSpan.FromHours(1) });

        Assert.True(await host.Inspector.UpdatePayloadAsync(id, 2));
        await host.Inspector.PromoteAsync(id);

        Assert.Equal(2, await seen.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(await host.Inspector.UpdatePayloadAsync(JobId.Choose("none"), 3));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.UpdatePayloadAsync(id, new RawJson("{"u8.ToArray())));
    }

    [Fact]
    public async Task Limits_that_break_a_rule_are_refused_before_anything_is_written()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var limits = Limits(host);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => limits.SetConcurrencyAsync(0));
        await Assert.ThrowsAsync<ArgumentException>(() => limits.SetRateLimitAsync(new RateLimit(0, TimeSpan.FromSeconds(1))));
        await Assert.ThrowsAsync<ArgumentException>(() => limits.SetRateLimitAsync(new RateLimit(1, TimeSpan.Zero)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => limits.HoldAsync(TimeSpan.Zero));

        Assert.Empty((await Keyspace.ReadAsync(RedisServer.Shared.Database, $"bull:{_queue}:")).Entries);
    }

    private static IJobQueueLimits Limits(QueueHost host) =>
        host.Services.GetRequiredKeyedService<IJobQueueLimits>(host.Queue.Name.Value);

    /// <summary>When Redis gave the jobs out, by its own clock.</summary>
    private async Task<long[]> TakenAsync()
    {
        var entries = (RedisResult[])(await RedisServer.Shared.Database.ExecuteAsync("XRANGE", (RedisKey)$"bull:{_queue}:events", "-", "+"))!;
        return
        [
            .. entries.Select(entry => (RedisResult[])entry!)
                .Where(entry => ((string[])entry[1]!)[1] == "active")
                .Select(entry => long.Parse(((string)entry[0]!).Split('-')[0], CultureInfo.InvariantCulture)),
        ];
    }

    private static async Task<long> RedisNowAsync()
    {
        var time = (long[])(await RedisServer.Shared.Database.ExecuteAsync("TIME"))!;
        return (time[0] * 1000) + (time[1] / 1000);
    }

    // A window begins with its first job. Redis reads its clock once per command.
    private static void AssertWindows(long[] taken, int jobs, TimeSpan window)
    {
        var (begin, count) = (taken[0], 0);
        foreach (var at in taken)
        {
            (begin, count) = at - begin >= window.TotalMilliseconds - 2 ? (at, 1) : (begin, count + 1);
            Assert.True(count <= jobs, $"{count} jobs within {window.TotalMilliseconds} ms: {string.Join(' ', taken)}");
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
