using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class CancelTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string?> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(AfterCancel.Fail)]
    [InlineData(AfterCancel.Remove)]
    public async Task A_running_job_is_stopped_from_another_host(AfterCancel then)
    {
        await using var other = await QueueHost.StartAsync(_queue);
        await using var host = await QueueHost.StartAsync(_queue, UntilStoppedAsync);
        var id = await other.Queue.AddAsync("n", 1, new JobOptions { Attempts = 5 });
        await _started.Task;

        var result = await other.Inspector.CancelAsync(id, "changed my mind", then);
        var reason = await _stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(JobCancelResult.Requested, result);
        Assert.Equal("changed my mind", reason);
        await host.StateWhenAsync(id, then == AfterCancel.Fail ? JobState.Failed : JobState.Unknown);
        if (then == AfterCancel.Fail)
        {
            Assert.Equal("Cancelled: changed my mind", (await host.GetAsync(id)).FailedReason);
        }

        await Eventually.Equal(false, () => RedisServer.Shared.Database.KeyExistsAsync($"jamail:{{bull:{_queue}}}:cancelled"), "the wish");
    }

    [Fact]
    public async Task A_processor_that_completes_although_it_was_cancelled_has_completed_the_job()
    {
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            await ((Task)UntilStoppedAsync(job, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Done;
        });
        var id = await host.Queue.AddAsync("n", 1);
        await _started.Task;

        await host.Inspector.CancelAsync(id, "too late");

        await host.StateWhenAsync(id, JobState.Completed);
    }

    [Fact]
    public async Task Jobs_that_wait_are_cancelled_at_once()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        JobId[] ids =
        [
            await host.Queue.AddAsync("n", 1),
            await host.Queue.AddAsync("n", 2, new JobOptions { Priority = 3 }),
            await host.Queue.AddAsync("n", 3, new JobOptions { Delay = TimeSpan.FromHours(1) }),
            await host.Queue.AddAsync("n", 4),
            await host.Queue.AddAsync("n", 5, new JobOptions { RemoveOnFail = JobRetention.None }),
        ];

        foreach (var id in ids)
        {
            var then = id == ids[3] ? AfterCancel.Remove : AfterCancel.Fail;
            Assert.Equal(JobCancelResult.Cancelled, await host.Inspector.CancelAsync(id, "withdrawn", then));
        }

        foreach (var id in ids[..3])
        {
            var job = await host.GetAsync(id);
            Assert.Equal((JobState.Failed, "Cancelled: withdrawn"), (job.State, job.FailedReason));
            Assert.Equal(JobCancelResult.AlreadyFinished, await host.Inspector.CancelAsync(id, "again"));
        }

        Assert.Null(await host.Inspector.TryGetJobAsync(ids[3]));
        Assert.Null(await host.Inspector.TryGetJobAsync(ids[4]));
        var counts = await host.Inspector.GetCountsAsync();
        Assert.Equal((0, 0, 0, 0, 3), (counts.Waiting, counts.Prioritized, counts.Delayed, counts.Active, counts.Failed));
        Assert.Contains($"event failed jobId {ids[0]} failedReason Cancelled: withdrawn prev active", await QueueHost.EventsAsync(_queue));
    }

    [Fact]
    public async Task A_cancelled_job_that_is_retried_runs()
    {
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
            job.AttemptsStarted > 1 ? Done : await UntilStoppedAsync(job, cancellationToken));
        var id = await host.Queue.AddAsync("n", 1);
        await _started.Task;
        await host.Inspector.CancelAsync(id, "not now");
        await host.StateWhenAsync(id, JobState.Failed);

        await host.Inspector.RetryAsync(id);

        await host.StateWhenAsync(id, JobState.Completed);
    }

    [Fact]
    public async Task A_wish_means_one_job_and_not_a_later_one_of_the_same_id()
    {
        var id = JobId.Choose("the-same");
        var stale = $"{DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds()} fail an earlier one";
        await RedisServer.Shared.Database.HashSetAsync($"jamail:{{bull:{_queue}}}:cancelled", id.Value, stale);
        await using var host = await QueueHost.StartAsync(_queue, async (_, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            return Done;
        });

        await host.Queue.AddAsync("n", 1, new JobOptions { Id = id });

        await host.StateWhenAsync(id, JobState.Completed);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_cancelled()
    {
        await using var host = await QueueHost.StartAsync(_queue);

        var missing = await Assert.ThrowsAsync<JobQueueException>(() => host.Inspector.CancelAsync(JobId.Parse("none"), "why"));

        Assert.Equal(JobQueueError.JobNotFound, missing.Error);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.CancelAsync(JobId.Parse("none"), " "));
    }

    private async Task<JobOutcome> UntilStoppedAsync(Job<System.Text.Json.JsonElement> job, CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            _stopped.TrySetResult(job.CancelReason);
        }

        return Done;
    }
}
