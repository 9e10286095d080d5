using Jamail.TestSupport;

namespace Jamail.Interop.Tests;

public sealed class NodeAddsJamailWorksTests : InteropTest
{
    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_plain_job_gives_its_result_to_the_node_producer(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        var result = await node.CallAsync("addAndWait", QueueName, "work", new { number = 7 }, new { });

        Assert.Equal(new(7, "jamail", 1), Result(result));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_delayed_job_runs_when_it_is_due_and_not_before(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        var id = await node.CallAsync<string>("add", QueueName, "work", new { }, new { delay = 700 });
        Assert.Equal("delayed", await node.CallAsync<string>("state", QueueName, id));
        var job = await FinishedAsync(host, id);

        Assert.True(job.ProcessedOn - job.Timestamp >= TimeSpan.FromMilliseconds(700), $"{job.ProcessedOn - job.Timestamp}");
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Jobs_run_by_priority_and_those_without_one_first(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        var ids = await node.CallAsync<string[]>("addBulk", QueueName, new[]
        {
            Job(1, new { priority = 9 }), Job(2, new { priority = 1 }), Job(3, new { }), Job(4, new { priority = 9 }),
            Job(5, new { priority = 2 }), Job(6, new { lifo = true }),
        });

        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        await FinishedAsync(host, ids[3]);

        string[] expected = [ids[5], ids[2], ids[1], ids[4], ids[0], ids[3]];
        Assert.Equal(expected, (await RunsAsync()).Select(run => run.JobId));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_failing_job_is_tried_again_with_its_back_off(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        var result = await node.CallAsync("addAndWait", QueueName, "work", new { number = 1, failTimes = 2 },
            new { attempts = 3, backoff = new { type = "exponential", delay = 200 } });
        Assert.Equal(3, Result(result).Attempt);

        var id = (await RunsAsync())[0].JobId;
        var job = await node.CallAsync("job", QueueName, id);
        Assert.Equal(3, job.GetProperty("attemptsMade").GetInt32());
        Assert.Equal("planned failure 2", job.GetProperty("failedReason").GetString());
        Assert.Equal(2, job.GetProperty("stacktrace").GetArrayLength());
        var took = job.GetProperty("finishedOn").GetInt64() - job.GetProperty("timestamp").GetInt64();
        Assert.True(took >= 600, $"{took} ms, but the waits are 200 and 400 ms.");
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_job_without_attempts_left_fails_with_its_reason(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        var error = await Assert.ThrowsAsync<NodeException>(() => node.CallAsync(
            "addAndWait", QueueName, "work", new { failTimes = 9 }, new { attempts = 2, backoff = 10 }));

        Assert.Equal("planned failure 2", error.Message);
        Assert.Equal(2, (await RunsAsync()).Count);
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Failed);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Jobs_added_in_bulk_run_once_each_and_in_order(string major)
    {
        const int Count = 500;
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName, Worker(QueueName, "Concurrency", 1));

        var ids = await node.CallAsync<string[]>("addBulk", QueueName, Enumerable.Range(0, Count).Select(i => Job(i, new { })));
        await Eventually.Equal(Count, async () => (int)(await host.Inspector.GetCountsAsync()).Completed, "completed jobs");

        Assert.Equal(ids, (await RunsAsync()).Select(run => run.JobId));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_job_whose_options_say_so_is_gone_when_it_is_done(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        // Node cannot wait for jobs that may be gone before it begins to.
        await node.CallAsync("add", QueueName, "work", new { }, new { removeOnComplete = true });
        await node.CallAsync("add", QueueName, "work", new { failTimes = 1 }, new { removeOnFail = true });
        await Eventually.Equal(2, async () => (await RunsAsync()).Count, "runs");
        await Eventually.True(
            async () => !(await Keyspace.ReadAsync(Redis.Database, $"bull:{QueueName}:")).Entries.Any(entry => entry.Key is "1" or "2"),
            "both jobs to be gone");

        var counts = await host.Inspector.GetCountsAsync();
        Assert.Equal((0, 0), (counts.Completed, counts.Failed));
    }

    private static object Job(int number, object opts) => new { name = "work", data = new { number }, opts };
}
