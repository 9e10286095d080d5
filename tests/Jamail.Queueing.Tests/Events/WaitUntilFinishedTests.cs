using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Events;

public sealed class WaitUntilFinishedTests
{
    private static readonly JobOptions NotKept = new() { RemoveOnComplete = JobRetention.None, RemoveOnFail = JobRetention.None };

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task Every_one_of_many_waiters_gets_the_result_of_its_job_over_one_connection()
    {
        await using var host = await QueueHost.StartAsync(_queue, EchoAsync, worker => worker.Concurrency = 20);

        // Jobs that are not kept: a wait that looked once and then subscribed would miss some of these.
        var waits = Enumerable.Range(0, 500).Select(async number =>
        {
            var id = await host.Queue.AddAsync("n", number, NotKept);
            return (await host.Events.WaitUntilFinishedAsync(id, Bound())).Result<int>();
        });

        Assert.Equal(Enumerable.Range(0, 500), await Task.WhenAll(waits));
        Assert.True(await ConnectionsAsync() <= 1, "All waits share one connection.");
    }

    [Fact]
    public async Task A_job_that_ended_before_anybody_waited_is_found()
    {
        await using var host = await QueueHost.StartAsync(_queue, EchoAsync);
        var kept = await host.Queue.AddAsync("n", 1);
        var notKept = await host.Queue.AddAsync("n", 2, NotKept);
        await Eventually.Equal(JobState.Unknown, () => host.Inspector.GetStateAsync(notKept), "state");

        Assert.Equal("1", (await host.Events.WaitUntilFinishedAsync(kept, Bound())).ReturnValue);
        Assert.Equal("2", (await host.Events.WaitUntilFinishedAsync(notKept, Bound())).ReturnValue);
    }

    [Fact]
    public async Task A_job_that_fails_ends_with_its_reason()
    {
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => throw new InvalidOperationException("no paper"));
        var start = await host.Events.GetPositionAsync();
        var id = await host.Queue.AddAsync("n", 1, new JobOptions { Delay = TimeSpan.FromMilliseconds(200), RemoveOnFail = JobRetention.None });

        var end = await host.Events.WaitUntilFinishedAsync(id, Bound());

        Assert.Equal((JobState.Failed, "no paper"), (end.State, end.FailedReason));
        Assert.Contains("no paper", Assert.Throws<InvalidOperationException>(() => end.Result<int>()).Message, StringComparison.Ordinal);
        Assert.Contains(await host.Events.TakeAsync(start, happened => happened is JobEvent.Failed), happened => happened is JobEvent.Delayed);
    }

    [Fact]
    public async Task A_job_that_is_removed_or_was_never_there_ends_the_wait()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var id = await host.Queue.AddAsync("n", 1);
        var wait = host.Events.WaitUntilFinishedAsync(id, Bound());
        await Eventually.Equal(1, ConnectionsAsync, "connections that read events");

        await host.Inspector.RemoveAsync(id);

        Assert.Equal(JobQueueError.JobNotFound, (await Assert.ThrowsAsync<JobQueueException>(() => wait)).Error);
        Assert.Equal(
            JobQueueError.JobNotFound,
            (await Assert.ThrowsAsync<JobQueueException>(() => host.Events.WaitUntilFinishedAsync(JobId.Parse("none"), Bound()))).Error);
    }

    [Fact]
    public async Task A_wait_whose_event_was_trimmed_away_looks_again()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var id = await host.Queue.AddAsync("n", 1);
        var wait = host.Events.WaitUntilFinishedAsync(id, Bound());
        await Eventually.Equal(1, ConnectionsAsync, "connections that read events");

        // As after an obliterate: the job is gone, and no event says so but a gap.
        var database = RedisServer.Shared.Database;
        await database.KeyDeleteAsync([$"bull:{_queue}:{id}", $"bull:{_queue}:wait", $"bull:{_queue}:events"]);
        await host.Queue.AddAsync("n", 2);

        Assert.Equal(JobQueueError.JobNotFound, (await Assert.ThrowsAsync<JobQueueException>(() => wait)).Error);
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_the_job_alone()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var id = await host.Queue.AddAsync("n", 1);
        using var cancel = new CancellationTokenSource();
        var wait = host.Events.WaitUntilFinishedAsync(id, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(id));
    }

    private static Task<JobOutcome> EchoAsync(Job<System.Text.Json.JsonElement> job, CancellationToken cancellationToken) =>
        Task.FromResult<JobOutcome>(new JobOutcome.Completed(job.Payload));

    private static CancellationToken Bound() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private async Task<int> ConnectionsAsync()
    {
        var clients = await RedisServer.Shared.Server.ClientListAsync();
        return clients.Count(client => client.Name == WorkerName.OfEvents(new QueueKeys("bull", _queue)));
    }
}
