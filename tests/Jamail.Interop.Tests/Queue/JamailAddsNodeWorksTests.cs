using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

public sealed class JamailAddsNodeWorksTests : InteropTest, IAsyncLifetime
{
    private readonly string worker = $"node-{Guid.NewGuid():N}";
    private NodeClient? node;

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_plain_job_is_done_and_its_result_is_there(string major)
    {
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        await WorkAsync(major);

        var id = await host.Queue.AddAsync("work", new Work(Number: 5));

        Assert.Equal(new(5, worker, 1), Result(await FinishedAsync(host, id.Value)));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Options_mean_the_same_there(string major)
    {
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var low = await host.Queue.AddAsync("work", new Work(1), new JobOptions { Priority = 5 });
        var high = await host.Queue.AddAsync("work", new Work(2), new JobOptions { Priority = 1 });
        var plain = await host.Queue.AddAsync("work", new Work(3));
        var last = await host.Queue.AddAsync("work", new Work(4), new JobOptions { Lifo = true });
        var own = await host.Queue.AddAsync("work", new Work(5), new JobOptions { Id = JobId.Choose("order-17") });
        Assert.Equal("order-17", own.Value);

        await WorkAsync(major);
        await FinishedAsync(host, low.Value);

        string[] expected = [last.Value, plain.Value, own.Value, high.Value, low.Value];
        Assert.Equal(expected, (await RunsAsync()).Select(run => run.JobId));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_delayed_job_runs_when_it_is_due_and_not_before(string major)
    {
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        await WorkAsync(major);

        var id = await host.Queue.AddAsync("work", new Work(), new JobOptions { Delay = TimeSpan.FromMilliseconds(700) });
        var job = await FinishedAsync(host, id.Value);

        Assert.True(job.ProcessedOn - job.Timestamp >= TimeSpan.FromMilliseconds(700), $"{job.ProcessedOn - job.Timestamp}");
    }

    public static TheoryData<string, string> BackoffsByMajor
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var major in new[] { NodeClient.Five, NodeClient.Six })
            {
                foreach (var kind in new[] { "none", "fixed", "exponential", "schedule" })
                {
                    data.Add(major, kind);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(BackoffsByMajor))]
    public async Task A_failing_job_is_tried_again_with_its_back_off(string major, string kind)
    {
        var (backoff, least) = kind switch
        {
            "fixed" => ((Backoff?)new Backoff.Fixed(TimeSpan.FromMilliseconds(200)), 400),
            "exponential" => (new Backoff.Exponential(TimeSpan.FromMilliseconds(200)), 600),
            "schedule" => (new Backoff.Schedule(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400)), 500),
            _ => (null, 0),
        };
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        await WorkAsync(major);

        var id = await host.Queue.AddAsync("work", new Work(FailTimes: 2), new JobOptions { Attempts = 3, Backoff = backoff });
        var job = await FinishedAsync(host, id.Value);

        Assert.Equal((3, 3), (job.AttemptsMade, job.AttemptsStarted));
        Assert.Equal(2, job.StackTraces.Count);
        var took = job.FinishedOn!.Value - job.Timestamp;
        Assert.True(took >= TimeSpan.FromMilliseconds(least), $"{took}, but the waits are {least} ms.");
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_job_that_failed_there_can_be_looked_at_and_retried_here(string major)
    {
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        await WorkAsync(major);
        var id = await host.Queue.AddAsync("work", new Work(FailTimes: 1));

        var failed = await FinishedAsync(host, id.Value, JobState.Failed);
        Assert.Equal("planned failure 1", failed.FailedReason);

        await host.Inspector.RetryAsync(id);
        Assert.Equal(2, Result(await FinishedAsync(host, id.Value)).Attempt);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Jobs_added_in_bulk_run_once_each_and_in_order(string major)
    {
        const int Count = 500;
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        await WorkAsync(major);

        var added = await host.Queue.AddManyAsync(Enumerable.Range(0, Count).Select(i => new NewJob<Work>("work", new Work(i))));
        await Eventually.Equal(Count, async () => (int)(await host.Inspector.GetCountsAsync()).Completed, "completed jobs");

        Assert.Equal(added.Select(job => job.Id!.Value.Value), (await RunsAsync()).Select(run => run.JobId));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (node is not null)
        {
            await node.CallAsync("stopWork", worker);
        }
    }

    private async Task WorkAsync(string major)
    {
        node = await NodeClient.SharedAsync(major);
        await node.CallAsync("work", QueueName, worker);
    }
}
