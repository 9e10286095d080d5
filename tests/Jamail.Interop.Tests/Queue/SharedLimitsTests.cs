using System.Globalization;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

public sealed class SharedLimitsTests : InteropTest
{
    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Deduplication_counts_across_languages(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);

        var ours = await host.Queue.AddAsync("work", new Work(1), new JobOptions { Deduplication = new Deduplication("a") });
        Assert.Equal(ours.Value, await node.CallAsync<string>("add", QueueName, "work", new { number = 2 }, new { deduplication = new { id = "a" } }));
        Assert.Equal(ours.Value, await node.CallAsync<string>("deduplicated", QueueName, "a"));
        Assert.Equal("a", (await node.CallAsync("job", QueueName, ours.Value)).GetProperty("deduplicationId").GetString());

        var theirs = await node.CallAsync<string>(
            "add", QueueName, "work", new { number = 3 }, new { delay = 3_600_000, deduplication = new { id = "b", ttl = 60_000, extend = true, replace = true } });
        var debounced = await host.Queue.AddAsync("work", new Work(4), new JobOptions
        {
            Delay = TimeSpan.FromHours(1), Deduplication = Deduplication.Debounce("b", TimeSpan.FromMinutes(1)),
        });
        Assert.NotEqual(theirs, debounced.Value);
        Assert.Null(await host.Inspector.TryGetJobAsync(JobId.Parse(theirs)));

        await node.CallAsync("removeDeduplication", QueueName, "a");
        Assert.Null(await host.Inspector.TryGetDuplicatedJobAsync("a"));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_delayed_job_of_ours_gives_way_to_one_of_node_with_the_same_deduplication(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var hour = TimeSpan.FromHours(1);
        var ours = await host.Queue.AddAsync("work", new Work(1), new JobOptions { Delay = hour, Deduplication = Deduplication.Debounce("a", hour) });

        var theirs = await node.CallAsync<string>("add", QueueName, "work", new { number = 2 }, new
        {
            delay = 7_200_000, deduplication = new { id = "a", ttl = 3_600_000, extend = true, replace = true },
        });

        Assert.NotEqual(ours.Value, theirs);
        Assert.Null(await host.Inspector.TryGetJobAsync(ours));
        Assert.Equal(theirs, (await host.Inspector.TryGetDuplicatedJobAsync("a"))!.Value.Value);
        var job = (await host.Inspector.TryGetJobAsync(JobId.Parse(theirs)))!;
        Assert.Equal((JobState.Delayed, TimeSpan.FromHours(2)), (job.State, job.Delay));
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Delayed);
    }

    [Fact]
    public async Task A_delayed_job_is_rescheduled_by_either_side_and_5_leaves_it()
    {
        var (five, six) = (await NodeClient.SharedAsync(NodeClient.Five), await NodeClient.SharedAsync(NodeClient.Six));
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        object NodeOptions(int hours, string id) =>
            new { delay = hours * 3_600_000, deduplication = new { id, reschedule = true } };
        JobOptions OurOptions(int hours, string id) => new()
        {
            Delay = TimeSpan.FromHours(hours), Deduplication = new Deduplication(id) { WhileDelayed = DuplicateEffect.Reschedule },
        };
        var ours = (await host.Queue.AddAsync("work", new Work(1), OurOptions(1, "a"))).Value;
        var theirs = await six.CallAsync<string>("add", QueueName, "work", new { number = 2 }, NodeOptions(1, "b"));

        await DueInAsync(host, ours, 3, () => six.CallAsync<string>("add", QueueName, "work", new { number = 3 }, NodeOptions(3, "a")));
        await DueInAsync(
            host, theirs, 4, async () => (await host.Queue.AddAsync("work", new Work(4), OurOptions(4, "b"))).Value);
        Assert.Equal(4 * 3_600_000, (await six.CallAsync("job", QueueName, theirs)).GetProperty("delay").GetInt32());
        var due = await DueAsync(ours);
        Assert.Equal(ours, await five.CallAsync<string>("add", QueueName, "work", new { number = 5 }, NodeOptions(5, "a")));
        Assert.Equal(due, await DueAsync(ours));
        Assert.Equal(2, (await host.Inspector.GetCountsAsync()).Delayed);
        Assert.Contains("\"number\":1", (await host.Inspector.TryGetJobAsync(JobId.Parse(ours)))!.Data, StringComparison.Ordinal);
    }

    // The due time is that of the further job: its moment, which lies between the two readings of the clock, and its delay.
    private async Task DueInAsync(JamailHost host, string id, int hours, Func<Task<string>> add)
    {
        var before = DateTimeOffset.UtcNow;
        Assert.Equal(id, await add());
        var after = DateTimeOffset.UtcNow;
        Assert.Equal(TimeSpan.FromHours(hours), (await host.Inspector.TryGetJobAsync(JobId.Parse(id)))!.Delay);
        Assert.InRange(
            await DueAsync(id), before.AddHours(hours).ToUnixTimeMilliseconds(), after.AddHours(hours).ToUnixTimeMilliseconds());
    }

    private async Task<long> DueAsync(string id) =>
        (long)((await Redis.Database.SortedSetScoreAsync($"bull:{QueueName}:delayed", id))!.Value / 4096);

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task The_newest_job_kept_while_nodes_worker_runs_one_runs_after_it(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var (hold, worker) = ($"{QueueName}-hold", $"node-{QueueName}");
        var keep = new JobOptions { Deduplication = Deduplication.KeepLatest("a") };
        var first = await host.Queue.AddAsync("work", new Work(1, Hold: hold), keep);
        await node.CallAsync("work", QueueName, worker, new { });
        await Eventually.Equal(JobState.Active, () => host.Inspector.GetStateAsync(first), "the first job");

        Assert.Equal(first, await host.Queue.AddAsync("work", new Work(2), keep));
        await node.CallAsync("add", QueueName, "work", new { number = 3 }, new { deduplication = new { id = "a", keepLastIfActive = true } });
        await Redis.Database.StringSetAsync(hold, "go", TimeSpan.FromMinutes(5));

        await Eventually.Equal(2, async () => (int)(await host.Inspector.GetCountsAsync()).Completed, "completed jobs");
        var last = (await host.Inspector.GetJobsAsync(JobState.Completed)).Items[0];
        Assert.Contains("\"number\":3", last.Data, StringComparison.Ordinal);
        await node.CallAsync("stopWork", worker);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Workers_of_both_languages_share_the_queues_rate_limit(string major)
    {
        const int Jobs = 8;
        var node = await NodeClient.SharedAsync(major);
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await node.CallAsync("setRateLimit", QueueName, 2, 500);
        Assert.Equal(new RateLimit(2, TimeSpan.FromMilliseconds(500)), await producer.Limits.GetRateLimitAsync());
        await producer.Limits.SetRateLimitAsync(new RateLimit(2, TimeSpan.FromMilliseconds(400)));
        Assert.Equal(400, (await node.CallAsync("rateLimit", QueueName)).GetProperty("duration").GetInt32());

        await producer.Queue.AddManyAsync(Enumerable.Range(0, Jobs).Select(i => new NewJob<Work>("work", new Work(i))));
        var worker = $"node-{QueueName}";
        await node.CallAsync("work", QueueName, worker, new { concurrency = 4 });
        await using (await JamailHost.WorkAsync(Redis, QueueName, Worker(QueueName, "Concurrency", 4)))
        {
            await Eventually.Equal(Jobs, async () => (int)(await producer.Inspector.GetCountsAsync()).Completed, "completed jobs");
        }

        await node.CallAsync("stopWork", worker);
        await GivenOut.AssertWindowsAsync(Redis.Database, QueueName, 2, 400);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Workers_of_both_languages_with_a_limit_of_their_own_share_its_count(string major)
    {
        const int Jobs = 8;
        var node = await NodeClient.SharedAsync(major);
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await producer.Queue.AddManyAsync(Enumerable.Range(0, Jobs).Select(i => new NewJob<Work>("work", new Work(i))));
        var worker = $"node-{QueueName}";
        await node.CallAsync("work", QueueName, worker, new { concurrency = 4, limiter = new { max = 2, duration = 400 } });
        await using (await JamailHost.WorkAsync(
            Redis, QueueName, Worker(QueueName, "Concurrency", 4), Worker(QueueName, "RateLimit:Jobs", 2),
            Worker(QueueName, "RateLimit:Window", "00:00:00.400")))
        {
            await Eventually.Equal(Jobs, async () => (int)(await producer.Inspector.GetCountsAsync()).Completed, "completed jobs");
        }

        await node.CallAsync("stopWork", worker);
        await GivenOut.AssertWindowsAsync(Redis.Database, QueueName, 2, 400);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_hold_and_the_concurrency_of_the_queue_are_seen_on_both_sides(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);

        await node.CallAsync("hold", QueueName, 60_000);
        Assert.InRange(await host.Limits.GetHoldAsync(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        await host.Limits.ReleaseAsync();
        await host.Limits.HoldAsync(TimeSpan.FromSeconds(90));
        Assert.InRange(await node.CallAsync<long>("holdTtl", QueueName), 60_001, 90_000);

        await node.CallAsync("setConcurrency", QueueName, 3);
        Assert.Equal(3, await host.Limits.GetConcurrencyAsync());
        await host.Limits.SetConcurrencyAsync(5);
        Assert.Equal(5, await node.CallAsync<int>("concurrency", QueueName));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Workers_of_both_languages_share_the_queues_concurrency(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        var (hold, worker) = ($"{QueueName}-hold", $"node-{QueueName}");
        await using var producer = await JamailHost.ProduceAsync(Redis, QueueName);
        await producer.Limits.SetConcurrencyAsync(2);
        await producer.Queue.AddManyAsync(Enumerable.Range(0, 6).Select(i => new NewJob<Work>("work", new Work(i, Hold: hold))));
        await node.CallAsync("work", QueueName, worker, new { concurrency = 4 });
        await using var host = await JamailHost.WorkAsync(Redis, QueueName, Worker(QueueName, "Concurrency", 4));

        await Eventually.Equal(2, async () => (int)(await producer.Inspector.GetCountsAsync()).Active, "active jobs");
        Assert.True(await producer.Limits.IsAtConcurrencyAsync());
        await host.Queue.AddAsync("work", new Work(9));
        Assert.Equal(2, (await producer.Inspector.GetCountsAsync()).Active);
        await Redis.Database.StringSetAsync(hold, "go", TimeSpan.FromMinutes(5));

        await Eventually.Equal(7, async () => (int)(await producer.Inspector.GetCountsAsync()).Completed, "completed jobs");
        await node.CallAsync("stopWork", worker);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Priorities_and_delays_are_changed_from_both_sides(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var low = await host.Queue.AddAsync("work", new Work(), new JobOptions { Priority = 9 });
        var plain = await host.Queue.AddAsync("work", new Work());
        var delayed = await host.Queue.AddAsync("work", new Work(), new JobOptions { Delay = TimeSpan.FromHours(1) });

        await node.CallAsync("changePriority", QueueName, low.Value, new { priority = 2 });
        await host.Inspector.ChangePriorityAsync(plain, 2);
        var counts = await node.CallAsync("countsPerPriority", QueueName, new[] { 0, 2, 9 });
        Assert.Equal((0, 2, 0), (counts.GetProperty("0").GetInt32(), counts.GetProperty("2").GetInt32(), counts.GetProperty("9").GetInt32()));
        Assert.Equal(2, (await host.Inspector.GetCountsByPriorityAsync([2]))[2]);

        await node.CallAsync("changeDelay", QueueName, delayed.Value, 7_200_000);
        Assert.Equal(TimeSpan.FromHours(2), (await host.Inspector.TryGetJobAsync(delayed))!.Delay);
        await host.Inspector.ChangeDelayAsync(delayed, TimeSpan.FromHours(5));
        Assert.Equal(5 * 3_600_000, (await node.CallAsync("job", QueueName, delayed.Value)).GetProperty("delay").GetInt64());
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Metrics_are_those_that_node_keeps_and_reads(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName, Worker(QueueName, "MetricsPeriod", "02:00:00"));
        for (var number = 0; number < 5; number++)
        {
            await FinishedAsync(host, (await host.Queue.AddAsync("work", new Work(number))).Value);
        }

        await FinishedAsync(host, (await host.Queue.AddAsync("work", new Work(FailTimes: 1))).Value, JobState.Failed);

        // As if three minutes had passed without a job.
        var hash = $"bull:{QueueName}:metrics:completed";
        var earlier = (long)await Redis.Database.HashGetAsync(hash, "prevTS") - 180_000;
        await Redis.Database.HashSetAsync(hash, "prevTS", earlier);
        await FinishedAsync(host, (await host.Queue.AddAsync("work", new Work())).Value);

        var completed = await node.CallAsync("metrics", QueueName, "completed");
        Assert.Equal(6, completed.GetProperty("meta").GetProperty("count").GetInt32());
        Assert.Equal([0, 0, 5], completed.GetProperty("data").EnumerateArray().Select(point => Number(point)).Take(3));
        Assert.Equal(1, (await node.CallAsync("metrics", QueueName, "failed")).GetProperty("meta").GetProperty("count").GetInt32());
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Node_jobs_keep_no_more_stack_traces_than_they_ask_for(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        var id = await node.CallAsync<string>("add", QueueName, "work", new { failTimes = 9 }, new { attempts = 4, stackTraceLimit = 2 });
        await FinishedAsync(host, id, JobState.Failed);

        var traces = (await node.CallAsync("job", QueueName, id)).GetProperty("stacktrace");
        Assert.Equal(2, traces.GetArrayLength());
        Assert.Contains("planned failure 4", traces[1].GetString(), StringComparison.Ordinal);
    }

    private static int Number(System.Text.Json.JsonElement point) =>
        int.Parse(point.ToString(), CultureInfo.InvariantCulture);
}
