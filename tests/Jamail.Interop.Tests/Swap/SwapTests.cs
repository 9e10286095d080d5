using System.Text.Json;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Swap;

/// <summary>Node's BullMQ 6.7.0 works on our scripts instead of its own.</summary>
public sealed class SwapTests(SwappedBullMq bullmq) : IClassFixture<SwappedBullMq>
{
    private readonly string queue = $"swap-{Guid.NewGuid():N}";

    private NodeClient Node => bullmq.Node;

    [Fact]
    public async Task Parents_run_after_their_children_and_see_their_values()
    {
        var flow = await FlowAsync(new { number = 1 }, Child(2), Child(3, children: [Child(4), Child(5)]));
        var root = flow.GetProperty("id").GetString()!;
        var inner = flow.GetProperty("children")[1].GetProperty("id").GetString()!;
        await WorkAsync();
        await StateAsync("completed", root);

        Assert.Equal([4, 5], await ValuesAsync(inner));
        Assert.Equal([2, 3], await ValuesAsync(root));
        await bullmq.RanOnOursAsync(
            "addParentJob", "addStandardJob", "releaseParentIfNoPendingDependencies", "moveToActive", "moveToFinished");
    }

    [Fact]
    public async Task A_failed_child_does_to_its_parent_what_its_policy_says()
    {
        async Task<string> RootAsync(string policy) =>
            (await FlowAsync(new { number = 1 }, Child(2), Child(3, fails: true, policy: policy))).GetProperty("id").GetString()!;
        var (fails, ignores, removes, continues) = (
            await RootAsync("failParentOnFailure"), await RootAsync("ignoreDependencyOnFailure"),
            await RootAsync("removeDependencyOnFailure"), await RootAsync("continueParentOnFailure"));
        await WorkAsync();

        await StateAsync("failed", fails);
        await StateAsync("completed", ignores);
        await StateAsync("completed", removes);
        await StateAsync("completed", continues);
        Assert.Matches("^child bull:.* failed$", (await JobAsync(fails)).GetProperty("failedReason").GetString());
        var ignored = await Node.CallAsync("ofJob", queue, ignores, "getIgnoredChildrenFailures");
        Assert.Equal("planned failure 1", Assert.Single(ignored.EnumerateObject()).Value.GetString());
    }

    [Fact]
    public async Task A_scheduler_runs_its_job_again_and_again_until_it_is_removed()
    {
        await WorkAsync();
        await Node.CallAsync(
            "ofQueue", queue, "upsertJobScheduler", "often", new { every = 100 }, new { name = "work", data = new { number = 7 } });
        await Node.CallAsync("ofQueue", queue, "upsertJobScheduler", "second", new { pattern = "* * * * * *" }, new { name = "work" });
        await Eventually.True(
            async () => await RunsAsync(run => run.StartsWith("repeat:often:", StringComparison.Ordinal)) >= 5
                && await RunsAsync(run => run.StartsWith("repeat:second:", StringComparison.Ordinal)) >= 2,
            "runs of both schedulers");
        var record = await Node.CallAsync("ofQueue", queue, "getJobScheduler", "often");
        Assert.Equal(100, record.GetProperty("every").GetInt32());
        Assert.True(await Node.CallAsync<bool>("ofQueue", queue, "removeJobScheduler", "often"));
        Assert.True(await Node.CallAsync<bool>("ofQueue", queue, "removeJobScheduler", "second"));
        Assert.Equal(0, await Node.CallAsync<int>("ofQueue", queue, "getJobSchedulersCount"));

        // Each iteration ran once.
        var runs = (await RunsAsync()).ToList();
        Assert.Equal(runs.Count, runs.Distinct().Count());
        await bullmq.RanOnOursAsync("addJobScheduler", "updateJobScheduler", "getJobScheduler", "removeJobScheduler");
    }

    [Fact]
    public async Task Duplicates_are_dropped_replaced_or_kept_for_later()
    {
        async Task<string> AddAsync(int number, object deduplication, int delay = 0, string? hold = null) =>
            await Node.CallAsync<string>("add", queue, "work", new { number, hold }, new { deduplication, delay });
        var simple = await AddAsync(1, new { id = "simple" });
        Assert.Equal(simple, await AddAsync(2, new { id = "simple" }));
        var delayed = await AddAsync(3, new { id = "replace", replace = true }, delay: 60_000);
        var replacing = await AddAsync(4, new { id = "replace", replace = true }, delay: 60_000);
        Assert.NotEqual(delayed, replacing);
        Assert.Equal(JsonValueKind.Null, (await JobAsync(delayed)).ValueKind);

        var hold = $"{queue}-hold";
        var running = await AddAsync(5, new { id = "last", keepLastIfActive = true }, hold: hold);
        await WorkAsync();
        await StateAsync("active", running);
        foreach (var number in (int[])[6, 7, 8])
        {
            Assert.Equal(running, await AddAsync(number, new { id = "last", keepLastIfActive = true }));
        }

        await bullmq.Redis.Database.StringSetAsync(hold, "go");
        await Eventually.Equal(3, async () => (await CountsAsync()).GetProperty("completed").GetInt32(), "completed jobs");
        var numbers = (await Node.CallAsync("jobs", queue, new[] { "completed" })).EnumerateArray()
            .Select(job => job.GetProperty("returnvalue").GetProperty("number").GetInt32());
        Assert.Equal([1, 5, 8], numbers.Order());
    }

    [Fact]
    public async Task A_rate_limit_spreads_the_jobs()
    {
        const int Window = 400;
        await Node.CallAsync("addBulk", queue, Enumerable.Range(0, 6).Select(number => new { name = "work", data = new { number } }));
        await WorkAsync(new { concurrency = 6, limiter = new { max = 2, duration = Window } });
        await Eventually.Equal(6, async () => (await CountsAsync()).GetProperty("completed").GetInt32(), "completed jobs");
        await GivenOut.AssertWindowsAsync(bullmq.Redis.Database, queue, 2, Window);
    }

    [Fact]
    public async Task Failed_attempts_are_repeated_with_their_back_off_and_failed_jobs_on_demand()
    {
        var recovers = await AddAsync(
            new { failTimes = 2 }, new { attempts = 3, backoff = new { type = "exponential", delay = 50 } });
        var atOnce = await AddAsync(new { failTimes = 1 }, new { attempts = 2, priority = 3 });
        var fails = await AddAsync(new { failTimes = 2 }, new { attempts = 2 });
        await WorkAsync();
        await StateAsync("completed", recovers);
        await StateAsync("completed", atOnce);
        await StateAsync("failed", fails);
        Assert.Equal("planned failure 2", (await JobAsync(fails)).GetProperty("failedReason").GetString());
        Assert.Equal(3, (await JobAsync(recovers)).GetProperty("attemptsMade").GetInt32());

        await Node.CallAsync("retry", queue, fails);
        await StateAsync("completed", fails);
        await bullmq.RanOnOursAsync("moveToDelayed", "retryJob", "reprocessJob");
    }

    [Fact]
    public async Task A_job_of_a_killed_worker_is_finished_by_another()
    {
        var hold = $"{queue}-hold";
        object Options(int lockDuration) => new { lockDuration, stalledInterval = 500, maxStalledCount = 2 };
        var job = await AddAsync(new { hold }, new { });
        await using (var victim = await bullmq.StartNodeAsync())
        {
            await victim.CallAsync("work", queue, "victim", Options(3_000));
            await StateAsync("active", job);
            await victim.KillAsync();
        }

        await bullmq.Redis.Database.StringSetAsync(hold, "go");
        await WorkAsync(Options(60_000));
        await StateAsync("completed", job);
        Assert.Equal(1, (await JobAsync(job)).GetProperty("stalledCounter").GetInt32());
        await bullmq.RanOnOursAsync("moveStalledJobsToWait");
    }

    [Fact]
    public async Task A_queue_is_steered_and_cleared()
    {
        var delayed = await AddAsync(new { }, new { delay = 60_000 });
        var waiting = await AddAsync(new { number = 1 }, new { });
        await Node.CallAsync("pause", queue);
        await Node.CallAsync("promote", queue, delayed);
        await Node.CallAsync("ofJob", queue, waiting, "changePriority", new { priority = 5 });
        Assert.Equal(1, (await CountsAsync()).GetProperty("prioritized").GetInt32());
        Assert.Equal(1, (await CountsAsync()).GetProperty("waiting").GetInt32());
        await Node.CallAsync("ofQueue", queue, "drain", true);
        Assert.Equal(0, await Node.CallAsync<int>("ofQueue", queue, "count"));
        await Node.CallAsync("ofQueue", queue, "obliterate");
        Assert.Empty(bullmq.Redis.Server.Keys(pattern: $"bull:{queue}:*"));
        await bullmq.RanOnOursAsync("pause", "promote", "changePriority", "drain", "obliterate", "getCounts");
    }

    private static object Child(int number, bool fails = false, string? policy = null, object[]? children = null)
    {
        var options = new Dictionary<string, object> { ["attempts"] = 1 };
        if (policy is not null)
        {
            options[policy] = true;
        }

        return new { number, fails, options, children = children ?? [] };
    }

    private Task<JsonElement> FlowAsync(object data, params object[] children)
    {
        object Node(JsonElement child) => new
        {
            name = "work",
            queueName = queue,
            data = new { number = child.GetProperty("number").GetInt32(), failTimes = child.GetProperty("fails").GetBoolean() ? 9 : 0 },
            opts = child.GetProperty("options"),
            children = child.GetProperty("children").EnumerateArray().Select(Node).ToArray(),
        };
        var nodes = JsonSerializer.SerializeToElement(children).EnumerateArray().Select(Node).ToArray();
        return bullmq.Node.CallAsync("addFlow", new { name = "work", queueName = queue, data, children = nodes });
    }

    private Task<string> AddAsync(object data, object options) => Node.CallAsync<string>("add", queue, "work", data, options);

    private async Task WorkAsync(object? options = null) => await Node.CallAsync("work", queue, $"{queue}-worker", options ?? new { concurrency = 4 });

    private async Task StateAsync(string state, string id) =>
        await Eventually.Equal(state, () => Node.CallAsync<string>("state", queue, id), $"state of job {id}");

    private Task<JsonElement> JobAsync(string id) => Node.CallAsync("job", queue, id);

    private Task<JsonElement> CountsAsync() => Node.CallAsync("counts", queue);

    private async Task<IEnumerable<int>> ValuesAsync(string id) =>
        (await Node.CallAsync("ofJob", queue, id, "getChildrenValues")).EnumerateObject()
            .Select(child => child.Value.GetProperty("number").GetInt32()).Order();

    private async Task<IEnumerable<string>> RunsAsync() =>
        (await bullmq.Redis.Database.ListRangeAsync($"runs:{queue}")).Select(run => run.ToString().Split(' ')[0]);

    private async Task<int> RunsAsync(Func<string, bool> which) => (await RunsAsync()).Count(which);
}
