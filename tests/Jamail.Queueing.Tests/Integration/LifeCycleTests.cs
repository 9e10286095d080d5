using System.Collections.Concurrent;
using System.Text.Json;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class LifeCycleTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_job_is_run_with_its_payload_and_completes_with_its_result()
    {
        Job<JsonElement>? seen = null;
        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
        {
            seen = job;
            return Task.FromResult<JobOutcome>(new JobOutcome.Completed(new { Width = 7, Name = "é<" }));
        });

        var id = await host.Queue.AddAsync("resize", new { ImageId = "a", Width = 3 });

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal(id, seen!.Id);
        Assert.Equal("resize", seen.Name);
        Assert.Equal(1, seen.Attempt);
        Assert.Equal(1, seen.Attempts);
        Assert.Equal("a", seen.Payload.GetProperty("imageId").GetString());
        var job = await host.GetAsync(id);
        Assert.Equal("""{"width":7,"name":"é<"}""", job.ReturnValue);
        Assert.Equal("""{"imageId":"a","width":3}""", job.Data);
        Assert.Equal("""{"attempts":0}""", job.Options);
        Assert.Equal(1, job.AttemptsMade);
        Assert.NotNull(job.FinishedOn);
    }

    [Fact]
    public async Task Many_jobs_all_run_once_within_the_concurrency()
    {
        var seen = new ConcurrentDictionary<int, int>();
        var running = 0;
        var most = 0;
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, _) =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                seen.AddOrUpdate(job.Payload.GetInt32(), 1, (_, times) => times + 1);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return Done;
            },
            worker => worker.Concurrency = 10,
            configure: queueing => queueing.Configure(options => options.RemoveOnComplete = JobRetention.Forever));

        var added = await host.Queue.AddManyAsync(Enumerable.Range(0, 5000).Select(i => new NewJob<int>("n", i)));

        Assert.All(added, job => Assert.Null(job.Error));
        await Eventually.Equal(5000, async () => (await host.Inspector.GetCountsAsync()).Completed, "completed");
        Assert.Equal(5000, seen.Count);
        Assert.All(seen.Values, times => Assert.Equal(1, times));
        Assert.InRange(most, 1, 10);
        Assert.Equal(new JobCounts(0, 0, 0, 0, 5000, 0, 0), await host.Inspector.GetCountsAsync());
    }

    [Fact]
    public async Task Jobs_of_one_worker_slot_run_in_the_order_they_were_added()
    {
        var seen = new ConcurrentQueue<int>();
        await using var producer = await QueueHost.StartAsync(_queue);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => producer.Queue.AddAsync("n", i)));
        await producer.Queue.AddAsync("n", -1, new JobOptions { Lifo = true });

        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
        {
            seen.Enqueue(job.Payload.GetInt32());
            return Task.FromResult(Done);
        });

        await Eventually.Equal(101, () => seen.Count, "jobs run");
        Assert.Equal([-1, .. Enumerable.Range(0, 100)], seen);
    }

    [Fact]
    public async Task Jobs_with_a_priority_run_after_those_without_lowest_number_first()
    {
        var seen = new ConcurrentQueue<string>();
        await using var producer = await QueueHost.StartAsync(_queue);
        foreach (var (name, priority) in new[] { ("c", 9), ("b", 2), ("a", 0), ("b2", 2) })
        {
            await producer.Queue.AddAsync(name, 0, new JobOptions { Priority = priority });
        }

        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
        {
            seen.Enqueue(job.Name);
            return Task.FromResult(Done);
        });

        await Eventually.Equal(4, () => seen.Count, "jobs run");
        Assert.Equal(["a", "b", "b2", "c"], seen);
    }

    [Fact]
    public async Task A_delayed_job_waits_for_its_time_on_an_idle_worker()
    {
        var ranAt = new TaskCompletionSource<DateTimeOffset>();
        await using var host = await QueueHost.StartAsync(
            _queue,
            (_, _) =>
            {
                ranAt.TrySetResult(TimeProvider.System.GetUtcNow());
                return Task.FromResult(Done);
            },
            worker => worker.IdleWait = TimeSpan.FromMinutes(1));

        var before = TimeProvider.System.GetUtcNow();
        var id = await host.Queue.AddAsync("later", 1, new JobOptions { Delay = TimeSpan.FromMilliseconds(700) });
        Assert.Equal(JobState.Delayed, await host.Inspector.GetStateAsync(id));

        var waited = await ranAt.Task.WaitAsync(TimeSpan.FromSeconds(30)) - before;
        Assert.True(waited >= TimeSpan.FromMilliseconds(699), $"ran after {waited}");
    }

    [Fact]
    public async Task A_failing_job_is_tried_again_with_its_back_off_and_then_failed()
    {
        var attempts = new ConcurrentQueue<int>();
        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
        {
            attempts.Enqueue(job.Attempt);
            throw new InvalidOperationException($"no {job.Attempt}");
        });

        var id = await host.Queue.AddAsync("n", 1, new JobOptions
        {
            Attempts = 3,
            Backoff = new Backoff.Exponential(TimeSpan.FromMilliseconds(20)),
        });

        await host.StateWhenAsync(id, JobState.Failed);
        Assert.Equal([1, 2, 3], attempts);
        var job = await host.GetAsync(id);
        Assert.Equal("no 3", job.FailedReason);
        Assert.Equal(3, job.AttemptsMade);
        Assert.Equal(3, job.StackTraces.Count);
        Assert.Contains("no 1", job.StackTraces[0], StringComparison.Ordinal);
        var events = await QueueHost.EventsAsync(_queue);
        Assert.Contains($"event retries-exhausted jobId {id} attemptsMade 3", events);
    }

    [Fact]
    public async Task Without_a_back_off_a_failed_attempt_is_repeated_at_once()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
            Interlocked.Increment(ref runs) < 3 ? throw new InvalidOperationException("not yet") : Task.FromResult(Done));

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 5 });

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal(3, (await host.GetAsync(id)).AttemptsMade);
    }

    [Fact]
    public async Task A_schedule_gives_each_retry_its_own_wait()
    {
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => throw new InvalidOperationException("no"));

        var id = await host.Queue.AddAsync("n", 1, new JobOptions
        {
            Attempts = 3,
            Backoff = new Backoff.Schedule(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5)),
        });

        await Eventually.Equal(2, async () => (await host.GetAsync(id)).AttemptsMade, "attempts made");
        await host.StateWhenAsync(id, JobState.Delayed);
        Assert.Equal(TimeSpan.FromMinutes(5), (await host.GetAsync(id)).Delay);
    }

    [Fact]
    public async Task A_postponed_job_runs_later_and_the_attempt_does_not_count()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, (job, _) => Task.FromResult(
            Interlocked.Increment(ref runs) == 1 ? new JobOutcome.Postponed(TimeSpan.FromMilliseconds(30)) : Done));

        var id = await host.Queue.AddAsync("n", 1);

        await host.StateWhenAsync(id, JobState.Completed);
        var job = await host.GetAsync(id);
        Assert.Equal(1, job.AttemptsMade);
        Assert.Equal(2, job.AttemptsStarted);
    }

    [Fact]
    public async Task A_returned_job_runs_again_and_the_attempt_does_not_count()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, (job, _) => Task.FromResult(
            Interlocked.Increment(ref runs) == 1 ? new JobOutcome.Returned() : Done));

        var id = await host.Queue.AddAsync("n", 1);

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal(1, (await host.GetAsync(id)).AttemptsMade);
    }

    [Fact]
    public async Task An_abandoned_job_fails_at_once_whatever_attempts_are_left()
    {
        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Abandoned("Image 7 no longer exists.")));

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 9 });

        await host.StateWhenAsync(id, JobState.Failed);
        var job = await host.GetAsync(id);
        Assert.Equal("Image 7 no longer exists.", job.FailedReason);
        Assert.Equal(1, job.AttemptsMade);
    }

    [Fact]
    public async Task A_job_with_a_deferred_failure_is_failed_and_not_run()
    {
        var runs = 0;
        await using var producer = await QueueHost.StartAsync(_queue);
        var id = await producer.Queue.AddAsync("n", 1, new JobOptions { Attempts = 3 });
        await RedisServer.Shared.Database.HashSetAsync($"bull:{_queue}:{id}", "defa", "child x failed");

        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
        {
            runs++;
            return Task.FromResult(Done);
        });

        await host.StateWhenAsync(id, JobState.Failed);
        Assert.Equal("child x failed", (await host.GetAsync(id)).FailedReason);
        Assert.Equal(0, runs);
        Assert.False(await RedisServer.Shared.Database.HashExistsAsync($"bull:{_queue}:{id}", "defa"));
    }

    [Fact]
    public async Task Progress_and_log_rows_are_stored()
    {
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            await job.ReportProgressAsync(new { Percent = 40 }, cancellationToken);
            foreach (var row in new[] { "one", "two", "three" })
            {
                await job.LogAsync(row, cancellationToken);
            }

            return Done;
        });

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { KeepLogs = 2 });

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal("""{"percent":40}""", (await host.GetAsync(id)).Progress);
        Assert.Equal(["two", "three"], await host.Inspector.GetLogsAsync(id));
        Assert.Contains($$"""event progress jobId {{id}} data {"percent":40}""", await QueueHost.EventsAsync(_queue));
    }

    [Fact]
    public async Task A_chosen_id_is_added_once()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var options = new JobOptions { Id = JobId.Choose("order-7") };

        var first = await host.Queue.AddAsync("n", 1, options);
        var second = await host.Queue.AddAsync("n", 2, options);

        Assert.Equal("order-7", first.Value);
        Assert.Equal(first, second);
        Assert.Equal("1", (await host.GetAsync(first)).Data);
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
