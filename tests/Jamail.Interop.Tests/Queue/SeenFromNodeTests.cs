using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

public sealed class SeenFromNodeTests : InteropTest
{
    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Counts_and_states_are_those_of_our_jobs(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        var hold = $"{QueueName}-hold";
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        var completed = await producer.Queue.AddAsync("work", new Work(1));
        var failed = await producer.Queue.AddAsync("work", new Work(FailTimes: 1));
        await FinishedAsync(host, completed.Value);
        await FinishedAsync(host, failed.Value, JobState.Failed);
        var active = await producer.Queue.AddAsync("work", new Work(Hold: hold));
        await Eventually.Equal(JobState.Active, () => producer.Inspector.GetStateAsync(active), "state of the held job");
        var waiting = await producer.Queue.AddAsync("work", new Work());
        var prioritized = await producer.Queue.AddAsync("work", new Work(), new JobOptions { Priority = 3 });
        var delayed = await producer.Queue.AddAsync("work", new Work(), new JobOptions { Delay = TimeSpan.FromHours(1) });

        var counts = await node.CallAsync("counts", QueueName);
        foreach (var (id, state, count) in new[]
        {
            (completed, "completed", "completed"), (failed, "failed", "failed"), (active, "active", "active"),
            (waiting, "waiting", "waiting"), (prioritized, "prioritized", "prioritized"), (delayed, "delayed", "delayed"),
        })
        {
            Assert.Equal(state, await node.CallAsync<string>("state", QueueName, id.Value));
            Assert.Equal(1, counts.GetProperty(count).GetInt32());
        }

        Assert.Equal("unknown", await node.CallAsync<string>("state", QueueName, "999"));
        await Redis.Database.StringSetAsync(hold, "go", TimeSpan.FromMinutes(5));
        await FinishedAsync(host, prioritized.Value);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_job_of_ours_has_every_member_that_node_shows(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName, Worker(QueueName, "Name", "worker-7"));
        var id = await host.Queue.AddAsync("work", new Work(8, FailTimes: 1), new JobOptions
        {
            Attempts = 3, Backoff = new Backoff.Fixed(TimeSpan.FromMilliseconds(10)), Id = JobId.Choose("own-id"),
            RemoveOnComplete = JobRetention.Newest(5), KeepLogs = 3,
        });
        await FinishedAsync(host, id.Value);

        var job = await node.CallAsync("job", QueueName, id.Value);

        Assert.Equal("own-id", job.GetProperty("id").GetString());
        Assert.Equal("work", job.GetProperty("name").GetString());
        Assert.Equal(8, job.GetProperty("data").GetProperty("number").GetInt32());
        Assert.Equal(8, job.GetProperty("returnvalue").GetProperty("number").GetInt32());
        Assert.Equal((2, 2), (job.GetProperty("attemptsMade").GetInt32(), job.GetProperty("attemptsStarted").GetInt32()));
        Assert.Equal("worker-7", job.GetProperty("processedBy").GetString());
        Assert.Equal("planned failure 1", job.GetProperty("failedReason").GetString());
        Assert.Contains("planned failure 1", job.GetProperty("stacktrace")[0].GetString(), StringComparison.Ordinal);
        var opts = job.GetProperty("opts");
        Assert.Equal(3, opts.GetProperty("attempts").GetInt32());
        Assert.Equal("fixed", opts.GetProperty("backoff").GetProperty("type").GetString());
        Assert.Equal(10, opts.GetProperty("backoff").GetProperty("delay").GetInt32());
        Assert.Equal(5, opts.GetProperty("removeOnComplete").GetInt32());
        Assert.Equal(3, opts.GetProperty("keepLogs").GetInt32());
        Assert.True(job.GetProperty("timestamp").GetInt64() <= job.GetProperty("processedOn").GetInt64());
        Assert.True(job.GetProperty("processedOn").GetInt64() <= job.GetProperty("finishedOn").GetInt64());
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Our_workers_are_listed_while_they_live(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using (await JamailHost.WorkAsync(Redis, QueueName, Worker(QueueName, "Name", "seen")))
        {
            await Eventually.Satisfies(
                () => node.CallAsync("workers", QueueName),
                workers => workers.EnumerateArray().Any(worker => worker.GetProperty("name").GetString() == "seen"
                    || worker.GetProperty("rawname").GetString()!.EndsWith(":w:seen", StringComparison.Ordinal)),
                "getWorkers to list the worker 'seen'");
        }

        await Eventually.Equal(0, async () => (await node.CallAsync("workers", QueueName)).GetArrayLength(), "listed workers");
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Queue_events_tell_the_life_of_our_jobs(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await node.CallAsync("listen", QueueName);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        var good = await host.Queue.AddAsync("work", new Work(1));
        await FinishedAsync(host, good.Value);
        var bad = await host.Queue.AddAsync(
            "work", new Work(FailTimes: 5), new JobOptions { Attempts = 2, Backoff = new Backoff.Fixed(TimeSpan.FromMilliseconds(10)) });
        await FinishedAsync(host, bad.Value, JobState.Failed);

        var seen = await Eventually.Satisfies(
            () => node.CallAsync("seen", QueueName),
            events => Names(events, bad).Contains("retries-exhausted"),
            "the last event of the failing job");
        Assert.Equal(["added", "waiting", "active", "completed"], Names(seen, good));
        Assert.Equal(
            ["added", "waiting", "active", "delayed", "waiting", "active", "failed", "retries-exhausted"], Names(seen, bad));
        var completed = seen.EnumerateArray().Single(entry => entry.GetProperty("event").GetString() == "completed");
        Assert.Equal(1, completed.GetProperty("returnvalue").GetProperty("number").GetInt32());
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Node_can_wait_for_a_job_that_jamail_added_and_works(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        var id = await host.Queue.AddAsync("work", new Work(3, Ms: 300));

        Assert.Equal(3, Result(await node.CallAsync("waitUntilFinished", QueueName, id.Value)).Number);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Node_retries_promotes_and_removes_our_jobs(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        var failing = await host.Queue.AddAsync("work", new Work(FailTimes: 1));
        await FinishedAsync(host, failing.Value, JobState.Failed);
        await node.CallAsync("retry", QueueName, failing.Value);
        await FinishedAsync(host, failing.Value);

        var later = new JobOptions { Delay = TimeSpan.FromHours(1) };
        var promoted = await host.Queue.AddAsync("work", new Work(), later);
        await node.CallAsync("promote", QueueName, promoted.Value);
        await FinishedAsync(host, promoted.Value);

        var removed = await host.Queue.AddAsync("work", new Work(), later);
        await node.CallAsync("remove", QueueName, removed.Value);
        Assert.Null(await host.Inspector.TryGetJobAsync(removed));
    }

    private static List<string> Names(JsonElement events, JobId job) =>
    [
        .. events.EnumerateArray()
            .Where(entry => entry.TryGetProperty("jobId", out var id) && id.GetString() == job.Value)
            .Select(entry => entry.GetProperty("event").GetString()!),
    ];
}
