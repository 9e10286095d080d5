using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

public sealed class CancelTests : InteropTest
{
    [Fact]
    public async Task A_job_in_another_process_is_stopped()
    {
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await using var child = await JamailHost.WorkInChildAsync(Redis, QueueName);
        var id = await producer.Queue.AddAsync("work", new Work(Hold: $"{QueueName}-never"));
        await Eventually.Equal(JobState.Active, () => producer.Inspector.GetStateAsync(id), "state of the held job");

        await producer.Inspector.CancelAsync(id, "from afar");

        var job = await FinishedAsync(producer, id.Value, JobState.Failed);
        Assert.Equal("Cancelled: from afar", job.FailedReason);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_node_worker_goes_on_and_what_it_does_stands(string major)
    {
        await using var node = await NodeClient.StartAsync(major, Redis);
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await node.CallAsync("work", QueueName, "node");
        var hold = $"{QueueName}-hold";
        var held = await producer.Queue.AddAsync("work", new Work(3, Hold: hold));
        await Eventually.Equal(JobState.Active, () => producer.Inspector.GetStateAsync(held), "state of the held job");
        var waiting = await producer.Queue.AddAsync("work", new Work(4));

        var running = await producer.Inspector.CancelAsync(held, "no use");
        var never = await producer.Inspector.CancelAsync(waiting, "withdrawn");
        await Redis.Database.StringSetAsync(hold, "go", TimeSpan.FromMinutes(5));

        Assert.Equal((JobCancelResult.Requested, JobCancelResult.Cancelled), (running, never));
        Assert.Equal(3, Result(await FinishedAsync(producer, held.Value)).Number);
        Assert.Equal("failed", await node.CallAsync<string>("state", QueueName, waiting.Value));
        Assert.DoesNotContain(await RunsAsync(), run => run.JobId == waiting.Value);
    }
}
