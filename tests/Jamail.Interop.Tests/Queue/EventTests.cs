using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Interop.Tests;

public sealed class EventTests : InteropTest
{
    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_job_that_node_works_is_waited_for_and_told_of(string major)
    {
        await using var node = await NodeClient.StartAsync(major, Redis);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var events = host.Services.GetRequiredService<IJobQueues>().Events(QueueName);
        await node.CallAsync("work", QueueName, "node");

        var id = await host.Queue.AddAsync("work", new Work(7, FailTimes: 1), new JobOptions { Attempts = 2 });
        var end = await events.WaitUntilFinishedAsync(id, Bound());
        var failed = await host.Queue.AddAsync("work", new Work(FailTimes: 1));
        var failure = await events.WaitUntilFinishedAsync(failed, Bound());

        Assert.Equal(7, end.Result<WorkResult>()!.Number);
        Assert.Equal((JobState.Failed, "planned failure 1"), (failure.State, failure.FailedReason));
        var told = new List<string>();
        await foreach (var happened in events.ReadAsync("0-0", Bound()))
        {
            told.Add(happened.GetType().Name);
            if (happened is JobEvent.Failed)
            {
                break;
            }
        }

        Assert.Equal(
            ["Added", "Waiting", "Active", "Waiting", "Active", "Completed", "Added", "Waiting", "Active", "Failed"],
            told.Where(name => name is not ("Drained" or "Custom")));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Events_of_ones_own_go_both_ways(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var events = host.Services.GetRequiredService<IJobQueues>().Events(QueueName);
        await node.CallAsync("listen", QueueName);
        var start = await events.GetPositionAsync();

        await node.CallAsync("publish", QueueName, "album-ready", new { album = "7" });
        await foreach (var happened in events.ReadAsync(start, Bound()))
        {
            var custom = Assert.IsType<JobEvent.Custom>(happened);
            Assert.Equal(("album-ready", "7"), (custom.Name, custom.Fields["album"]));
            break;
        }

        await events.PublishAsync("album-ready", new Dictionary<string, string> { ["album"] = "8" });
        await Eventually.True(
            async () => (await node.CallAsync("seen", QueueName)).EnumerateArray()
                .Any(seen => seen.TryGetProperty("album", out var album) && album.GetString() == "8"),
            "Node to see our event");
    }

    private static CancellationToken Bound() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
}
