using System.Collections.Concurrent;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jamail.Queueing.Tests.Integration;

public sealed class StoppingTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    /// <summary>How long a stopping worker waits for the answers to its outcomes.</summary>
    private static readonly TimeSpan OfOutcomes = TimeSpan.FromSeconds(5);

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_stopping_host_lets_running_jobs_finish_and_takes_no_more()
    {
        var started = new ConcurrentQueue<string>();
        var ended = 0;
        var finish = new TaskCompletionSource();
        var host = await QueueHost.StartAsync(
            _queue,
            async (job, _) =>
            {
                started.Enqueue(job.Id.Value);
                await finish.Task;
                Interlocked.Increment(ref ended);
                return Done;
            },
            worker => worker.Concurrency = 3);
        await host.Queue.AddManyAsync(Enumerable.Range(0, 5).Select(i => new NewJob<int>("n", i)));
        await Eventually.Equal(3, () => started.Count, "jobs started");

        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        var stop = host.StopAsync();
        await stopping.Task;
        Assert.False(stop.IsCompleted);
        finish.SetResult();
        await stop;

        Assert.Equal((3, 3), (started.Count, Volatile.Read(ref ended)));
        await using var observer = await QueueHost.StartAsync(_queue);
        var counts = await observer.Inspector.GetCountsAsync();
        Assert.Equal((2, 0, 3), (counts.Waiting, counts.Active, counts.Completed));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task At_the_end_of_the_drain_a_processor_that_returns_costs_its_job_no_attempt()
    {
        var started = new TaskCompletionSource();
        var host = await QueueHost.StartAsync(
            _queue,
            async (_, cancellationToken) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return Done;
            },
            worker => worker.DrainTimeout = TimeSpan.FromMilliseconds(50));
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 2 });
        var second = await host.Queue.AddAsync("n", 2);
        await started.Task;

        await host.StopAsync();

        await using var observer = await QueueHost.StartAsync(_queue);
        Assert.Equal(JobState.Waiting, await observer.Inspector.GetStateAsync(id));
        var job = await observer.GetAsync(id);
        Assert.Equal((0, 1, 0), (job.AttemptsMade, job.AttemptsStarted, job.StalledCount));
        var order = await observer.Inspector.GetJobsAsync(JobState.Waiting);
        Assert.Equal([id, second], order.Items.Select(item => item.Id));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_processor_that_does_not_return_is_left_to_the_stalled_check()
    {
        var started = new TaskCompletionSource();
        using var release = new SemaphoreSlim(0);
        var host = await QueueHost.StartAsync(
            _queue,
            async (_, _) =>
            {
                started.TrySetResult();
                await release.WaitAsync(CancellationToken.None);
                return Done;
            },
            worker =>
            {
                worker.DrainTimeout = TimeSpan.Zero;
                worker.DrainGrace = TimeSpan.FromMilliseconds(50);
                worker.LockDuration = TimeSpan.FromMilliseconds(400);
                worker.StalledInterval = TimeSpan.FromMilliseconds(250);
            },
            configure: queueing => queueing.Services.AddSingleton<TimeProvider>(new ClockWithout(OfOutcomes)));
        var id = await host.Queue.AddAsync("n", 1);
        await started.Task;

        // Only outcomes that are on their way are waited for, and there are none.
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains(host.Log.All, line => line.Id == 1303);

        await using var other = await QueueHost.StartAsync(
            _queue,
            (_, _) => Task.FromResult(Done),
            worker => worker.StalledInterval = TimeSpan.FromMilliseconds(250));
        await other.StateWhenAsync(id, JobState.Completed);
        Assert.Equal(1, (await other.GetAsync(id)).StalledCount);
        Assert.Contains($"event stalled jobId {id}", await QueueHost.EventsAsync(_queue));
        release.Release();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_job_that_stalls_more_often_than_allowed_is_failed_and_not_run()
    {
        await using var observer = await QueueHost.StartAsync(_queue);
        var id = await observer.Queue.AddAsync("n", 1);
        var database = RedisServer.Shared.Database;
        await database.ListRightPopLeftPushAsync($"bull:{_queue}:wait", $"bull:{_queue}:active");
        var runs = 0;

        await using var host = await QueueHost.StartAsync(
            _queue,
            (_, _) =>
            {
                runs++;
                return Task.FromResult(Done);
            },
            worker =>
            {
                worker.StalledInterval = TimeSpan.FromMilliseconds(250);
                worker.MaxStalledCount = 0;
            });

        await host.StateWhenAsync(id, JobState.Failed);
        Assert.Equal("job stalled more than allowable limit", (await host.GetAsync(id)).FailedReason);
        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task A_lost_lock_fires_the_token_and_the_job_is_run_by_whoever_has_it()
    {
        var told = new TaskCompletionSource<bool>();
        var runs = 0;
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, cancellationToken) =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    Assert.True(job.HoldsLock);
                    await RedisServer.Shared.Database.KeyDeleteAsync($"bull:{_queue}:{job.Id}:lock");
                    await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
                    told.SetResult(job.HoldsLock);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                return Done;
            },
            worker =>
            {
                worker.LockDuration = TimeSpan.FromSeconds(3);
                worker.StalledInterval = TimeSpan.FromMilliseconds(250);
            });

        var id = await host.Queue.AddAsync("n", 1);

        Assert.False(await told.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal(2, runs);
        Assert.Equal(1, (await host.GetAsync(id)).AttemptsMade);
        Assert.Contains(host.Log.All, line => line.Id is 1201 or 1202);
    }

    [Fact]
    public async Task A_job_longer_than_its_lock_keeps_it()
    {
        await using var host = await QueueHost.StartAsync(
            _queue,
            async (job, cancellationToken) =>
            {
                await Task.Delay(4000, cancellationToken);
                return job.HoldsLock ? Done : throw new InvalidOperationException("lost");
            },
            worker =>
            {
                worker.LockDuration = TimeSpan.FromSeconds(3);
                worker.StalledInterval = TimeSpan.FromMilliseconds(250);
            });

        var id = await host.Queue.AddAsync("n", 1);

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal(1, (await host.GetAsync(id)).AttemptsStarted);
    }

    /// <summary>A wait of this length never ends.</summary>
    private sealed class ClockWithout(TimeSpan wait) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == wait ? Timeout.InfiniteTimeSpan : dueTime, period);
    }
}
