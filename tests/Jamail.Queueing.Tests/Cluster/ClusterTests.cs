using System.Collections.Concurrent;
using System.Diagnostics;
using Jamail.Queueing.Tests.Events;
using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Cluster;

public sealed class ClusterTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    [Theory]
    [InlineData("{bull}", "images")]
    [InlineData("bull", "{images}")]
    public async Task Everything_of_a_queue_works_on_a_cluster(string prefix, string queue)
    {
        await using var host = await StartAsync(RedisCluster.Shared, prefix, queue, async (job, cancellationToken) =>
        {
            if (job.Name == "endless")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return job is { Name: "twice", Attempt: 1 } ? throw new InvalidOperationException("once") : Done;
        });
        var start = await host.Events.GetPositionAsync();
        var twice = await host.Queue.AddAsync("twice", 1, new JobOptions { Attempts = 2, Backoff = new Backoff.Fixed(TimeSpan.FromMilliseconds(50)) });
        var delayed = await host.Queue.AddAsync("n", 1, new JobOptions { Delay = TimeSpan.FromMilliseconds(200) });
        var prioritized = await host.Queue.AddAsync("n", 1, new JobOptions { Priority = 2 });
        var many = await host.Queue.AddManyAsync(Enumerable.Range(0, 300).Select(number => new NewJob<int>("n", number)));
        var endless = await host.Queue.AddAsync("endless", 1);

        foreach (var id in (JobId[])[twice, delayed, prioritized, .. many.Select(job => job.Id!.Value)])
        {
            using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            Assert.Equal(JobState.Completed, (await host.Events.WaitUntilFinishedAsync(id, bound.Token)).State);
        }

        await host.StateWhenAsync(endless, JobState.Active);
        Assert.Equal(JobCancelResult.Requested, await host.Inspector.CancelAsync(endless, "enough"));
        await host.StateWhenAsync(endless, JobState.Failed);
        Assert.IsType<JobEvent.Added>((await host.Events.TakeAsync(start, _ => true))[0]);
        await host.Inspector.PauseAsync();
        Assert.True(await host.Inspector.IsPausedAsync());
        await host.Inspector.ResumeAsync();
    }

    [Fact]
    public async Task A_flow_over_queues_of_one_tag_runs()
    {
        await using var host = await StartAsync(RedisCluster.Shared, "bull", "{tag}-a", async (job, cancellationToken) =>
        {
            var values = await job.Children.GetValuesAsync<int>(cancellationToken);
            return new JobOutcome.Completed(job.Payload.GetInt32() + values.Values.Sum());
        });
        await using var other = await StartAsync(
            RedisCluster.Shared, "bull", "{tag}-b", (job, _) => Task.FromResult<JobOutcome>(new JobOutcome.Completed(job.Payload.GetInt32())));

        var flow = await host.Services.GetRequiredService<IJobFlows>().AddAsync(new FlowJob("{tag}-a", "n", 1)
        {
            Children = [new("{tag}-b", "n", 10), new("{tag}-a", "n", 100) { Children = [new("{tag}-b", "n", 1000)] }],
        });

        await host.StateWhenAsync(flow.Job.Id, JobState.Completed);
        Assert.Equal("1111", (await host.Inspector.TryGetJobAsync(flow.Job.Id))!.ReturnValue);
    }

    [Theory]
    [InlineData("bull", "{up}", "{down}", "those of 'bull:{up}:' and of 'bull:{down}:' have other hash tags")]
    [InlineData("bull", "up", "down", "the keys of 'bull:up:' have no hash tag")]
    [InlineData("bull", "up", "up", "the keys of 'bull:up:' have no hash tag")]
    [InlineData("bull", "{}up", "{}up", "the keys of 'bull:{}up:' have no hash tag")]
    public async Task A_flow_over_several_slots_is_refused_before_anything_is_written(string prefix, string parent, string child, string why)
    {
        await using var host = await QueueHost.StartAsync(
            "{unused}", redis: RedisCluster.Shared.ConnectionString, configure: queueing => queueing.Configure(options => options.Prefix = prefix));

        var refusal = await Assert.ThrowsAsync<JobQueueException>(() => host.Services.GetRequiredService<IJobFlows>().AddAsync(
            new FlowJob(parent, "n", 1) { Children = [new(child, "n", 2)] }));

        Assert.Equal(JobQueueError.SlotsDiffer, refusal.Error);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("as in {bull}", refusal.Message, StringComparison.Ordinal);
        await NothingIsWrittenAsync(prefix, parent);
        await NothingIsWrittenAsync(prefix, child);
    }

    [Fact]
    public async Task A_flow_below_a_job_in_another_slot_is_refused_and_flows_of_several_tags_are_added_together()
    {
        await using var host = await QueueHost.StartAsync("{unused}", redis: RedisCluster.Shared.ConnectionString);
        FlowJob Flow(string queue, JobKey? parent = null) =>
            new(queue, "n", 1, new JobOptions { Parent = parent }) { Children = [new(queue, "n", 2)] };

        var results = await host.Services.GetRequiredService<IJobFlows>().AddManyAsync(
            [Flow("{one}"), Flow("{two}"), Flow("{three}", new JobKey("{four}", JobId.Parse("1"))), Flow("{two}"), Flow("{two}")]);

        Assert.Equal([true, true, false, true, true], results.Select(result => result.Flow is not null));
        Assert.Equal(JobQueueError.SlotsDiffer, results[2].Error!.Error);
        await NothingIsWrittenAsync("bull", "{three}");
        foreach (var added in results.Where(result => result.Flow is not null).Select(result => result.Flow!))
        {
            Assert.Equal(
                1, (await host.Services.GetRequiredService<IJobFlows>().ChildrenOf(added.Job.Queue, added.Job.Id).CountAsync()).Unfinished);
        }
    }

    [Theory]
    [InlineData("{child}", "{elsewhere}", "the keys of 'bull:{child}:' and that of the parent do not have the same hash tag")]
    [InlineData("{child}", "nowhere", "'bull:nowhere:1'")]
    public async Task A_job_whose_parent_is_in_another_slot_is_refused_and_those_beside_it_are_added(string queue, string parent, string why)
    {
        await using var host = await QueueHost.StartAsync(queue, redis: RedisCluster.Shared.ConnectionString);
        var own = await host.Queue.AddAsync("parent", 1);
        var before = await host.Inspector.GetCountsAsync();
        NewJob<int> Child(string of, JobId id) => new("child", 1, new JobOptions { Parent = new JobKey(of, id) });

        var refusal = await Assert.ThrowsAsync<JobQueueException>(
            () => host.Queue.AddAsync("child", 1, new JobOptions { Parent = new JobKey(parent, JobId.Parse("1")) }));
        var results = await host.Queue.AddManyAsync(
            [new NewJob<int>("n", 1), Child(parent, JobId.Parse("1")), Child(queue, own), new NewJob<int>("n", 1)]);

        Assert.Equal(JobQueueError.SlotsDiffer, refusal.Error);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("as in {bull}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([true, false, true, true], results.Select(result => result.Id is not null));
        Assert.Equal(JobQueueError.SlotsDiffer, results[1].Error!.Error);
        Assert.Equal(before.Waiting + 3, (await host.Inspector.GetCountsAsync()).Waiting);
        await NothingIsWrittenAsync("bull", parent);
    }

    private static async Task NothingIsWrittenAsync(string prefix, string queue)
    {
        var key = $"{prefix}:{queue}:meta";
        Assert.Equal("0", (await (await RedisCluster.Shared.MasterOfAsync(key)).AskAsync("exists", key)).Trim());
    }

    [Fact]
    public async Task A_master_killed_under_load_is_replaced_and_no_job_is_lost()
    {
        const string Queue = "images";
        await using var cluster = await RedisCluster.StartNewAsync();
        var runs = new ConcurrentDictionary<string, int>();
        async Task<JobOutcome> WorkAsync(Job<System.Text.Json.JsonElement> job, CancellationToken cancellationToken)
        {
            runs.AddOrUpdate(job.Id.Value, 1, (_, count) => count + 1);
            await Task.Delay(20, cancellationToken);
            return Done;
        }

        await using var one = await StartAsync(cluster, "{bull}", Queue, WorkAsync);
        await using var other = await StartAsync(cluster, "{bull}", Queue, WorkAsync);
        var added = new ConcurrentBag<JobId>();
        using var enough = new CancellationTokenSource();
        var producing = Task.Run(() => ProduceAsync(one.Queue, added, enough.Token));
        await Eventually.True(() => runs.Count > 300, "the workers to be under load");

        var master = await cluster.MasterOfAsync("{bull}");
        var settled = (await master.AskAsync("zrange", $"{{bull}}:{Queue}:completed", "0", "-1")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await RedisCluster.CopiedAsync(master, "{bull}:copied");
        await master.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        var before = runs.Count;
        await Eventually.True(() => runs.Count > before + 100, "consumption to resume");
        var resumed = Stopwatch.GetElapsedTime(killed);
        await enough.CancelAsync();
        await producing;

        foreach (var id in added)
        {
            await other.StateWhenAsync(id, JobState.Completed, TimeSpan.FromSeconds(90));
        }

        Assert.All(added, id => Assert.True(runs.ContainsKey(id.Value), $"Job {id} never ran."));

        // What was under way when the master died may have run again, and nothing of which its replica knew that it was done.
        Assert.NotEmpty(settled);
        Assert.All(settled, id => Assert.Equal(1, runs[id]));

        // Only a proof, on a machine with time to spare, asks how soon, and how much was not yet with the replica.
        Proof.Note("Master of a cluster killed under load: until consumption resumes", "s", resumed.TotalSeconds);
        Assert.InRange(resumed.TotalSeconds, 0, Proof.Size(60, 10));
        Assert.InRange(runs.Values.Sum(count => count - 1), 0, Proof.Size(added.Count, 80));
    }

    [Fact]
    public async Task A_slot_that_moves_under_load_delays_jobs_and_loses_none()
    {
        const string Queue = "moved";
        await using var cluster = await RedisCluster.StartNewAsync();
        var runs = new ConcurrentDictionary<string, int>();
        await using var host = await StartAsync(cluster, "{bull}", Queue, async (job, cancellationToken) =>
        {
            runs.AddOrUpdate(job.Id.Value, 1, (_, count) => count + 1);
            await Task.Delay(10, cancellationToken);
            return Done;
        });
        var added = new ConcurrentBag<JobId>();
        using var enough = new CancellationTokenSource();
        var producing = Task.Run(() => ProduceAsync(host.Queue, added, enough.Token));
        await Eventually.True(() => runs.Count > 100, "the worker to be under load");

        await cluster.MoveSlotAsync("{bull}");
        var moved = runs.Count;
        await Eventually.True(() => runs.Count > moved + 100, "consumption to resume");
        await enough.CancelAsync();
        await producing;

        foreach (var id in added)
        {
            await host.StateWhenAsync(id, JobState.Completed);
        }

        Assert.All(runs.Values, count => Assert.Equal(1, count));
        Assert.DoesNotContain(host.Log.All, line => line.Id == 1304);
    }

    [Fact]
    public async Task A_server_that_may_not_write_is_asked_again_until_it_may()
    {
        await using var redis = await RedisServer.StartNewAsync();
        var queue = QueueHost.NewName();
        await using var host = await QueueHost.StartAsync(queue, (_, _) => Task.FromResult(Done), redis: redis.ConnectionString);
        var before = await host.Queue.AddAsync("n", 1);
        await host.StateWhenAsync(before, JobState.Completed);
        var port = Ports.Free();
        await redis.Database.ExecuteAsync("REPLICAOF", redis.Host, port);

        var add = host.Queue.AddAsync("n", 2);
        var pause = host.Inspector.PauseAsync();
        await Eventually.True(() => redis.HasAnsweredAsync("READONLY"), "a call to be refused");
        Assert.False(add.IsCompleted || pause.IsCompleted);
        await redis.Database.ExecuteAsync("REPLICAOF", "NO", "ONE");

        await pause;
        await host.Inspector.ResumeAsync();
        await host.StateWhenAsync(await add, JobState.Completed);
        Assert.DoesNotContain(host.Log.All, line => line.Id == 1304);
    }

    [Fact]
    public async Task A_cluster_that_is_down_for_want_of_a_master_is_asked_again_until_it_is_up()
    {
        await using var cluster = await RedisCluster.StartNewAsync(replicas: 0);
        var runs = new ConcurrentDictionary<string, int>();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(cluster, "{bull}", "down", async (job, cancellationToken) =>
        {
            runs.AddOrUpdate(job.Id.Value, 1, (_, count) => count + 1);
            if (job.Name == "long")
            {
                await open.Task.WaitAsync(cancellationToken);
            }

            return Done;
        });
        var running = await host.Queue.AddAsync("long", 0);
        await Eventually.True(() => runs.ContainsKey(running.Value), "the job to run");
        var own = await cluster.MasterOfAsync("{bull}");
        var other = await cluster.OtherMasterAsync("{bull}");

        await other.KillAsync();
        await Eventually.True(
            async () => (await own.AskAsync("cluster", "info")).Contains("cluster_state:fail", StringComparison.Ordinal), "the cluster to be down");
        var adds = Enumerable.Range(1, 20).Select(number => host.Queue.AddAsync("n", number)).ToList();
        open.SetResult();
        await Eventually.True(() => own.HasAnsweredAsync("CLUSTERDOWN"), "calls to be refused");
        Assert.DoesNotContain(adds, add => add.IsCompleted);
        await other.StartAsync();

        foreach (var id in (JobId[])[running, .. await Task.WhenAll(adds)])
        {
            await host.StateWhenAsync(id, JobState.Completed);
        }

        Assert.Equal(21, runs.Count);
        Assert.All(runs.Values, count => Assert.Equal(1, count));
        Assert.DoesNotContain(host.Log.All, line => line.Id == 1304);
    }

    private static async Task ProduceAsync(IJobQueue queue, ConcurrentBag<JobId> added, CancellationToken stopping)
    {
        for (var number = 0; !stopping.IsCancellationRequested; number++)
        {
            var id = JobId.Choose($"job-{number}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), CancellationToken.None);
            try
            {
                added.Add(await queue.AddAsync("n", number, new JobOptions { Id = id, RemoveOnComplete = JobRetention.Forever }, CancellationToken.None));
            }
            catch (JobQueueException exception) when (exception.Error is JobQueueError.Unknown or JobQueueError.Unavailable)
            {
                number--;
            }
        }
    }

    private static Task<QueueHost> StartAsync(RedisCluster cluster, string prefix, string queue, JobHandler handler) =>
        QueueHost.StartAsync(
            queue,
            handler,
            worker => worker.Concurrency = 20,
            cluster.ConnectionString,
            queueing => queueing.Configure(options => options.Prefix = prefix));
}
