using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Integration;

public sealed class WorkerTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_job_started_too_often_is_failed_and_not_run()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(
            _queue,
            (_, _) =>
            {
                Interlocked.Increment(ref runs);
                return Task.FromResult<JobOutcome>(new JobOutcome.Postponed(TimeSpan.Zero));
            },
            worker => worker.MaxStartedAttempts = 2);

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 9 });

        await host.StateWhenAsync(id, JobState.Failed);
        Assert.Equal("job started more than allowable limit", (await host.GetAsync(id)).FailedReason);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_job_that_may_not_be_started_again_is_not_tried_again()
    {
        await using var host = await QueueHost.StartAsync(
            _queue, (_, _) => throw new InvalidOperationException("no"), worker => worker.MaxStartedAttempts = 2);

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 9 });

        await host.StateWhenAsync(id, JobState.Failed);
        var job = await host.GetAsync(id);
        Assert.Equal(("no", 2), (job.FailedReason, job.AttemptsMade));
    }

    [Fact]
    public async Task A_strategy_of_the_hosts_own_says_how_long_failed_jobs_wait()
    {
        var asked = new ConcurrentQueue<FailedAttempt>();
        await using var host = await StrategyHostAsync(failed =>
        {
            asked.Enqueue(failed);
            return failed.Attempt == 1 ? TimeSpan.Zero : failed.Delay;
        });

        var id = await host.Queue.AddAsync("n", 1, new JobOptions
        {
            Attempts = 3, Backoff = new Backoff.Custom("mine", TimeSpan.FromMinutes(7)),
        });

        await host.StateWhenAsync(id, JobState.Delayed);
        Assert.Equal(TimeSpan.FromMinutes(7), (await host.GetAsync(id)).Delay);
        Assert.Equal([1, 2], asked.Select(failed => failed.Attempt));
        Assert.All(asked, failed => Assert.Equal((id, "n", 3, "no"), (failed.JobId, failed.JobName, failed.Attempts, failed.Reason)));
        Assert.All(asked, failed => Assert.IsType<InvalidOperationException>(failed.Exception));
    }

    [Theory]
    [InlineData("mine", false, "no")]
    [InlineData("mine", true, "the back-off strategy 'mine' failed with DivideByZeroException")]
    [InlineData("other", false, "nobody here knows the back-off type 'other'")]
    public async Task A_job_that_no_strategy_has_a_wait_for_fails_at_once(string type, bool throws, string reason)
    {
        await using var host = await StrategyHostAsync(_ => throws ? throw new DivideByZeroException() : null);

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 3, Backoff = new Backoff.Custom(type) });

        await host.StateWhenAsync(id, JobState.Failed);
        var job = await host.GetAsync(id);
        Assert.Contains(reason, job.FailedReason, StringComparison.Ordinal);
        Assert.Equal(1, job.AttemptsMade);
    }

    [Fact]
    public async Task An_attempt_that_runs_longer_than_its_limit_is_stopped_and_has_failed()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, async (_, stopping) =>
        {
            if (Interlocked.Increment(ref runs) == 1)
            {
                await Task.Delay(Timeout.Infinite, stopping);
            }

            return Done;
        });

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 2, TimeLimit = TimeSpan.FromMilliseconds(500) });

        await host.StateWhenAsync(id, JobState.Completed);
        var job = await host.GetAsync(id);
        Assert.Equal((2, 2), (runs, job.AttemptsMade));
        Assert.Contains("time limit of 00:00:00.5000000", job.FailedReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_comes_to_its_turn_after_its_deadline_is_failed_and_not_run()
    {
        var runs = 0;
        await using var producer = await QueueHost.StartAsync(_queue);
        var added = TimeProvider.System.GetUtcNow().AddHours(-1);
        var late = await producer.Queue.AddAsync("n", 1, new JobOptions { Timestamp = added, Deadline = TimeSpan.FromMinutes(50), Attempts = 3 });
        var inTime = await producer.Queue.AddAsync(
            "n", 2, new JobOptions { Timestamp = added, Delay = TimeSpan.FromMinutes(50), Deadline = TimeSpan.FromMinutes(50) });

        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
        {
            Interlocked.Increment(ref runs);
            return Task.FromResult(Done);
        });

        await host.StateWhenAsync(late, JobState.Failed);
        await host.StateWhenAsync(inTime, JobState.Completed);
        Assert.Equal(1, runs);
        Assert.Contains("not done within 00:50:00", (await host.GetAsync(late)).FailedReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_runs_past_the_jobs_deadline_is_stopped_and_not_repeated()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, async (_, stopping) =>
        {
            Interlocked.Increment(ref runs);
            await Task.Delay(Timeout.Infinite, stopping);
            return Done;
        });

        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 3, Deadline = TimeSpan.FromSeconds(3) });

        await host.StateWhenAsync(id, JobState.Failed);
        Assert.Equal(1, runs);
        Assert.Contains("not done within 00:00:03", (await host.GetAsync(id)).FailedReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_paused_here_takes_no_jobs_and_another_host_goes_on()
    {
        var entered = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, async (_, _) =>
        {
            entered.TrySetResult();
            await goOn.Task;
            Interlocked.Increment(ref runs);
            return Done;
        });
        var workers = host.Services.GetRequiredService<IJobWorkers>();
        var running = await host.Queue.AddAsync("n", 1);
        await entered.Task;

        await workers.PauseAsync(_queue, waitForRunning: false);
        var paused = workers.PauseAsync(_queue);
        Assert.False(paused.IsCompleted);
        goOn.SetResult();
        await paused.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(workers.IsPaused(_queue));
        await host.StateWhenAsync(running, JobState.Completed);

        var waiting = await host.Queue.AddAsync("n", 2);
        await using (var other = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done)))
        {
            await host.StateWhenAsync(waiting, JobState.Completed);
        }

        Assert.Equal(1, runs);
        var last = await host.Queue.AddAsync("n", 3);
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(last));
        workers.Resume(_queue);
        await host.StateWhenAsync(last, JobState.Completed);
        Assert.Equal([_queue], workers.Queues.Select(queue => queue.Value));
        Assert.Throws<ArgumentException>(() => workers.Resume("nobody-works-it"));
    }

    private Task<QueueHost> StrategyHostAsync(Func<FailedAttempt, TimeSpan?> wait) => QueueHost.StartAsync(
        _queue,
        (_, _) => throw new InvalidOperationException("no"),
        configure: queueing =>
        {
            queueing.Services.AddSingleton(new Strategy(wait));
            queueing.AddQueue(_queue).AddBackoff<Strategy>("mine");
        });

    private sealed class Strategy(Func<FailedAttempt, TimeSpan?> wait) : IBackoffStrategy
    {
        public TimeSpan? WaitAfter(FailedAttempt failed) => wait(failed);
    }
}
