using System.Collections.Concurrent;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Jamail.Queueing.Tests.Integration;

public sealed class MaintenanceTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    private static IDatabase Database => RedisServer.Shared.Database;

    private string Base => $"bull:{_queue}:";

    [Fact]
    public async Task Clean_removes_old_jobs_of_one_state_up_to_its_limit()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var old = DateTimeOffset.UtcNow - TimeSpan.FromHours(2);
        await host.Queue.AddManyAsync(Enumerable.Range(0, 5).Select(i => new NewJob<int>("n", i, new JobOptions { Timestamp = old })));
        await host.Queue.AddManyAsync(Enumerable.Range(5, 3).Select(i => new NewJob<int>("n", i)));

        var first = await Maintenance(host).CleanAsync(JobState.Waiting, TimeSpan.FromHours(1), limit: 2);
        var rest = await Maintenance(host).CleanAsync(JobState.Waiting, TimeSpan.FromHours(1));

        Assert.Equal((2, 3), (first.Count, rest.Count));
        Assert.Equal(3, (await host.Inspector.GetCountsAsync()).Waiting);
        Assert.Null(await host.Inspector.TryGetJobAsync(first[0]));
    }

    [Fact]
    public async Task Drain_removes_what_is_ready_and_keeps_the_next_run_of_a_scheduler_wherever_it_stands()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        await host.Queue.AddAsync("n", 1);
        var due = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var pending = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"repeat:daily:{due}");
        await Database.SortedSetAddAsync(Base + "repeat", "daily", due);
        await Database.HashSetAsync(Base + pending, [new("name", "n"), new("data", "1"), new("opts", "{}"), new("timestamp", 1)]);
        await Database.ListLeftPushAsync(Base + "wait", pending);
        var other = await host.Queue.AddAsync("n", 2, new JobOptions { Priority = 1 });
        var delayed = await host.Queue.AddAsync("n", 3, new JobOptions { Delay = TimeSpan.FromHours(1) });
        await host.Queue.AddAsync("n", 4);

        await Maintenance(host).DrainAsync();

        Assert.Equal([pending], (await Database.ListRangeAsync(Base + "wait")).Select(id => id.ToString()));
        Assert.Equal(JobState.Unknown, await host.Inspector.GetStateAsync(other));
        Assert.Equal(JobState.Delayed, await host.Inspector.GetStateAsync(delayed));
        await Maintenance(host).DrainAsync(withDelayed: true);
        Assert.Equal(JobState.Unknown, await host.Inspector.GetStateAsync(delayed));
    }

    [Fact]
    public async Task Obliterate_leaves_no_key_of_the_queue_and_children_elsewhere_alone()
    {
        var other = QueueHost.NewName();
        await using var host = await QueueHost.StartAsync(
            _queue, (_, _) => Task.FromResult(Done), configure: queueing => queueing.AddQueue(other));
        var done = await host.Queue.AddAsync("n", 1);
        await host.StateWhenAsync(done, JobState.Completed);
        await host.Inspector.PauseAsync();
        await host.Queue.AddManyAsync(Enumerable.Range(0, 20).Select(i => new NewJob<int>("n", i, new JobOptions
        {
            Priority = i % 3, Delay = TimeSpan.FromMinutes(i % 2),
        })));
        var flow = await host.Services.GetRequiredService<IJobFlows>().AddAsync(new FlowJob(_queue, "p", 1)
        {
            Children = [new(other, "c", 1), new(_queue, "c", 1)],
        });
        await Database.StringSetAsync(Base + "de:once", "1");
        await Database.HashSetAsync(Base + "dn:once", "jid", "1");
        await Database.StringSetAsync(Base + "limiter", 5);
        await Database.HashSetAsync(Base + "lost", [new("name", "n"), new("timestamp", 1)]);

        await Maintenance(host).ObliterateAsync();

        Assert.Equal("", (await Keyspace.ReadAsync(Database, Base)).ToString());
        Assert.Equal(
            JobState.Waiting, await host.Services.GetRequiredService<IJobQueues>().Inspect(other).GetStateAsync(flow.Children[0].Job.Id));
    }

    [Fact]
    public async Task Obliterate_refuses_a_queue_at_work_and_leaves_it_as_it_is()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var host = await QueueHost.StartAsync(_queue, async (_, _) =>
        {
            started.TrySetResult();
            await finish.Task;
            return Done;
        });
        var id = await host.Queue.AddAsync("n", 1);
        await started.Task;

        var refusal = await Assert.ThrowsAsync<JobQueueException>(() => Maintenance(host).ObliterateAsync());

        Assert.Equal(JobQueueError.InvalidState, refusal.Error);
        Assert.False(await host.Inspector.IsPausedAsync());
        finish.SetResult();
        await host.StateWhenAsync(id, JobState.Completed);
    }

    [Fact]
    public async Task All_failed_jobs_run_again_by_priority_and_a_parent_waits_for_its_child_again()
    {
        var broken = true;
        var order = new ConcurrentQueue<int>();
        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
        {
            if (Volatile.Read(ref broken))
            {
                throw new InvalidOperationException("broken");
            }

            order.Enqueue(job.Payload.GetInt32());
            return Task.FromResult(Done);
        });
        await host.Queue.AddManyAsync(((int[])[0, 5, 1, 3]).Select(i => new NewJob<int>("n", i, new JobOptions { Priority = i })));
        var flow = await host.Services.GetRequiredService<IJobFlows>().AddAsync(new FlowJob(_queue, "p", 100)
        {
            Children = [new(_queue, "c", 9, new JobOptions { ChildFailure = ChildFailure.Ignore, Priority = 9 })],
        });
        await Eventually.Equal(6, async () => (int)(await host.Inspector.GetCountsAsync()).Failed, "failed jobs");
        await host.Inspector.PauseAsync();
        Volatile.Write(ref broken, false);

        // As can be when both failed in one millisecond: the parent stands before its child.
        await RedisServer.Shared.Database.SortedSetDecrementAsync($"bull:{_queue}:failed", flow.Job.Id.Value, 3_600_000);

        Assert.Equal(6, await Maintenance(host).RetryAllAsync(resetAttempts: true));

        Assert.Equal(1, (await host.Services.GetRequiredService<IJobFlows>().ChildrenOf(_queue, flow.Job.Id).CountAsync()).Unfinished);
        await host.Inspector.ResumeAsync();
        await Eventually.Equal(6, async () => (int)(await host.Inspector.GetCountsAsync()).Completed, "completed jobs");
        Assert.Equal([1, 3, 5, 9], order.Where(number => number is > 0 and < 100));
        Assert.All(await host.Inspector.GetRangeAsync(JobState.Completed, 0, 10), job => Assert.Equal(1, job.AttemptsMade));
    }

    [Theory]
    [InlineData(JobState.Failed, ChildFailure.Ignore)]
    [InlineData(JobState.Failed, ChildFailure.FailParent)]
    [InlineData(JobState.Completed, ChildFailure.Ignore)]
    public async Task A_parent_waits_for_a_child_that_runs_again_a_page_after_it(JobState state, ChildFailure childFailure)
    {
        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
            job.Name != "n" && state == JobState.Failed ? throw new InvalidOperationException("broken") : Task.FromResult(Done));
        var flow = await host.Services.GetRequiredService<IJobFlows>().AddAsync(
            new FlowJob(_queue, "p", 1, new JobOptions { Id = JobId.Choose("a-parent") })
            {
                Children = [new(_queue, "c", 2, new JobOptions { Id = JobId.Choose("z-child"), ChildFailure = childFailure })],
            });
        await host.StateWhenAsync(flow.Job.Id, state);
        await host.Inspector.PauseAsync();

        // More than a page of jobs that finished in one millisecond, the parent as the first and its child as the last.
        var finished = $"{Base}{(state == JobState.Failed ? "failed" : "completed")}";
        var entries = Enumerable.Range(0, 1500).Select(i => $"m-{i}").ToList();
        await Task.WhenAll(entries.Select(id => Database.HashSetAsync(
            Base + id, [new("name", "n"), new("data", "1"), new("opts", "{}"), new("timestamp", 1), new("finishedOn", 1)])));
        await Database.SortedSetAddAsync(
            finished, [.. entries.Append(flow.Job.Id.Value).Append(flow.Children[0].Job.Id.Value).Select(id => new SortedSetEntry(id, 1))]);

        Assert.Equal(1502, await Maintenance(host).RetryAllAsync(state));

        Assert.Equal(JobState.WaitingChildren, await host.Inspector.GetStateAsync(flow.Job.Id));
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(flow.Children[0].Job.Id));
        await host.Inspector.ResumeAsync();
        await host.StateWhenAsync(flow.Job.Id, state);
        Assert.Equal(2, (await host.Inspector.TryGetJobAsync(flow.Job.Id))!.AttemptsMade);
    }

    [Fact]
    public async Task Parents_with_more_children_than_one_call_looks_at_run_again_all_the_same()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        for (var parent = 0; parent < 3; parent++)
        {
            await Database.HashSetAsync(Base + $"p-{parent}", [new("name", "n"), new("data", "1"), new("opts", "{}"), new("timestamp", 1)]);
            await Database.HashSetAsync(
                Base + $"p-{parent}:failed", [.. Enumerable.Range(0, 6000).Select(child => new HashEntry($"bull:elsewhere:{child}", "why"))]);
            await Database.SortedSetAddAsync(Base + "failed", $"p-{parent}", parent);
        }

        Assert.Equal(3, await Maintenance(host).RetryAllAsync());
        Assert.Equal(3, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    [Fact]
    public async Task All_delayed_jobs_become_ready_by_priority()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        await host.Queue.AddManyAsync(Enumerable.Range(0, 1500).Select(i => new NewJob<int>("n", i, new JobOptions
        {
            Delay = TimeSpan.FromHours(1), Priority = i % 2,
        })));

        Assert.Equal(1500, await Maintenance(host).PromoteAllAsync());

        Assert.True(await host.Inspector.GetCountsAsync() is { Waiting: 750, Prioritized: 750, Delayed: 0 });
        Assert.Equal(TimeSpan.Zero, (await host.Inspector.GetRangeAsync(JobState.Waiting, 0, 1))[0].Delay);
    }

    [Fact]
    public async Task Orphans_go_and_metrics_schedulers_and_living_jobs_stay()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var living = await host.Queue.AddAsync("n", 1);
        HashEntry[] job = [new("name", "n"), new("data", "1"), new("opts", "{}"), new("timestamp", 1)];
        await Database.HashSetAsync(Base + "lost", job);
        await Database.HashSetAsync(Base + "repeat:daily:1", job);
        await Database.HashSetAsync(Base + "stub", "ats", 1);
        await Database.ListRightPushAsync(Base + "gone:logs", "row");
        await Database.HashSetAsync(Base + "held", job);
        await Database.StringSetAsync(Base + "held:lock", "token");
        await Database.HashSetAsync(Base + "metrics:failed", "count", 5);
        await Database.HashSetAsync(Base + "repeat:daily", [new("name", "n"), new("every", 1000), new("ic", 1)]);

        Assert.Equal(4, await Maintenance(host).RemoveOrphansAsync());

        var left = await Keyspace.ReadAsync(Database, Base);
        Assert.Equal(
            ["1", "held", "held:lock", "metrics:failed", "repeat:daily"],
            left.Entries.Select(entry => entry.Key).Where(key => key is not ("events" or "id" or "marker" or "meta" or "wait")));
        Assert.Equal(0, await Maintenance(host).RemoveOrphansAsync());
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(living));
    }

    [Fact]
    public async Task Ranges_logs_and_events_are_read_and_trimmed_as_asked()
    {
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            for (var row = 0; row < 5; row++)
            {
                await job.LogAsync($"row {row}", cancellationToken);
            }

            return Done;
        });
        var id = await host.Queue.AddAsync("n", 1);
        await host.StateWhenAsync(id, JobState.Completed);
        await host.Inspector.PauseAsync();
        await host.Queue.AddManyAsync(Enumerable.Range(0, 300).Select(i => new NewJob<int>("n", i)));

        Assert.Equal(["3", "4"], (await host.Inspector.GetRangeAsync(JobState.Waiting, 3, 2)).Select(job => job.Data));
        Assert.Equal(["299"], (await host.Inspector.GetRangeAsync(JobState.Waiting, 0, 1, newestFirst: true)).Select(job => job.Data));
        var oldest = await host.Inspector.GetLogsAsync(id, 1, 2);
        var newest = await host.Inspector.GetLogsAsync(id, 1, 2, newestFirst: true);
        Assert.Equal(["row 1", "row 2"], oldest.Rows);
        Assert.Equal(5, oldest.Total);
        Assert.Equal(["row 3", "row 2"], newest.Rows);
        Assert.True(await Maintenance(host).TrimEventsAsync(10) > 0);
        Assert.True((await QueueHost.EventsAsync(_queue)).Count < 300);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.Inspector.GetRangeAsync(JobState.Waiting, -1, 2));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.Inspector.GetLogsAsync(id, 0, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.Inspector.GetMetricsAsync(JobState.Active));
        await Assert.ThrowsAsync<ArgumentException>(
            () => host.Inspector.GetPrometheusTextAsync(new Dictionary<string, string> { ["state"] = "x" }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Maintenance(host).CleanAsync(JobState.WaitingChildren, TimeSpan.Zero));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Maintenance(host).CleanAsync(JobState.Failed, TimeSpan.FromSeconds(-1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Maintenance(host).RetryAllAsync(JobState.Active));
    }

    private IJobQueueMaintenance Maintenance(QueueHost host) => host.Services.GetRequiredKeyedService<IJobQueueMaintenance>(_queue);
}
