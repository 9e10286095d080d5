using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Scripts;

/// <summary>Every reply of a script below zero is an error of its own, or what it means for the job.</summary>
public sealed class RefusalTests
{
    private readonly string _queue = QueueHost.NewName();

    [Theory]
    [InlineData(-1, JobQueueError.JobNotFound, "does not exist")]
    [InlineData(-2, JobQueueError.LockLost, "another worker may hold it soon")]
    [InlineData(-3, JobQueueError.InvalidState, "read its state first")]
    [InlineData(-4, JobQueueError.PendingChildren, "wait for them or remove them first")]
    [InlineData(-5, JobQueueError.ParentNotFound, "add the parent first")]
    [InlineData(-6, JobQueueError.LockMismatch, "locked by another worker")]
    [InlineData(-7, JobQueueError.ParentCannotBeReplaced, "another parent that still exists")]
    [InlineData(-8, JobQueueError.BelongsToScheduler, "remove the scheduler instead")]
    [InlineData(-9, JobQueueError.FailedChildren, "failed children")]
    [InlineData(-10, JobQueueError.SchedulerCollision, "taken by another job")]
    [InlineData(-11, JobQueueError.SchedulerBusy, "all next slots")]
    [InlineData(-12, JobQueueError.ScriptFailed, "unknown code -12")]
    public void Each_code_has_an_error_and_words_of_its_own(int code, JobQueueError error, string words)
    {
        var refusal = ScriptRunner.Refusal(code, "images", JobId.Parse("7"));

        Assert.Equal((error, "images", "7"), (refusal.Error, refusal.Queue!.Value, refusal.JobId!.Value.Value));
        Assert.StartsWith("Job '7' of queue 'images' ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(error, ErrorCodes.Of(code));
    }

    [Fact]
    public async Task A_lock_that_ran_out_and_a_lock_of_another_are_told_apart()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var id = await host.Queue.AddAsync("n", 1);
        var fetched = (await Fetcher(host).TryFetchAsync())!;

        await RedisServer.Shared.Database.StringSetAsync($"bull:{_queue}:{id}:lock", "another:1");
        var other = await Assert.ThrowsAsync<JobQueueException>(() => fetched.SettleAsync(new JobOutcome.Completed()));
        await RedisServer.Shared.Database.KeyDeleteAsync($"bull:{_queue}:{id}:lock");
        var lost = await Assert.ThrowsAsync<JobQueueException>(() => fetched.SettleAsync(new JobOutcome.Completed()));

        Assert.Equal((JobQueueError.LockMismatch, JobQueueError.LockLost), (other.Error, lost.Error));
        Assert.Equal(JobState.Active, await host.Inspector.GetStateAsync(id));
    }

    [Fact]
    public async Task A_job_that_another_took_out_of_active_and_a_job_that_is_gone_are_told_apart()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var id = await host.Queue.AddAsync("n", 1);
        var fetched = (await Fetcher(host).TryFetchAsync())!;

        await RedisServer.Shared.Database.ListRemoveAsync($"bull:{_queue}:active", id.Value);
        var moved = await Assert.ThrowsAsync<JobQueueException>(() => fetched.SettleAsync(new JobOutcome.Completed()));
        await RedisServer.Shared.Database.KeyDeleteAsync($"bull:{_queue}:{id}");
        var gone = await Assert.ThrowsAsync<JobQueueException>(() => fetched.SettleAsync(new JobOutcome.Completed()));

        Assert.Equal((JobQueueError.InvalidState, JobQueueError.JobNotFound), (moved.Error, gone.Error));
    }

    [Fact]
    public async Task A_job_that_completes_with_an_unfinished_child_is_tried_again_and_then_fails_for_it()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 2 });
        var first = (await Fetcher(host).TryFetchAsync())!;
        await host.Queue.AddAsync("c", 2, new JobOptions { Parent = first.Job.Key, Delay = TimeSpan.FromHours(1) });

        await first.SettleAsync(new JobOutcome.Completed());
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(id));
        await (await Fetcher(host).TryFetchAsync())!.SettleAsync(new JobOutcome.Completed());

        var job = await host.GetAsync(id);
        Assert.Equal((JobState.Failed, 2, "The job cannot complete: it has unfinished children."), (job.State, job.AttemptsMade, job.FailedReason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_that_completes_or_waits_with_a_failed_child_fails_at_once(bool completes)
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Attempts = 5 });
        var parent = (await Fetcher(host).TryFetchAsync())!;
        await host.Queue.AddAsync("c", 2, new JobOptions { Parent = parent.Job.Key, ChildFailure = ChildFailure.FailParent });
        await (await Fetcher(host).TryFetchAsync())!.FailAsync(new InvalidOperationException("broken"));

        await parent.SettleAsync(completes ? new JobOutcome.Completed() : new JobOutcome.WaitingForChildren());

        var job = await host.GetAsync(id);
        Assert.Equal(
            (JobState.Failed, 1, "The job cannot complete: at least one of its children failed."), (job.State, job.AttemptsMade, job.FailedReason));
    }

    [Fact]
    public async Task A_queue_that_is_resumed_while_it_is_removed_is_left_and_says_so()
    {
        var cleaning = new Cleaning(SharedScripts.With(PausedLayout.Auto), new QueueKeys("bull", _queue));

        var refusal = await Assert.ThrowsAsync<JobQueueException>(() => cleaning.ObliterateAsync(1000, withActive: false));

        Assert.Equal(JobQueueError.InvalidState, refusal.Error);
        Assert.Contains("was resumed while it was being removed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Remove it again", refusal.Message, StringComparison.Ordinal);
    }

    private IJobFetcher Fetcher(QueueHost host) => host.Services.GetRequiredKeyedService<IJobFetcher>(_queue);
}
