using System.Collections.Concurrent;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Integration;

public sealed class FlowTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_parent_runs_after_its_children_with_their_results()
    {
        var order = new ConcurrentQueue<string>();
        IReadOnlyDictionary<JobKey, int>? values = null;
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            order.Enqueue(job.Name);
            if (job.Name == "parent")
            {
                values = await job.Children.GetValuesAsync<int>(cancellationToken);
            }

            return new JobOutcome.Completed(job.Payload.GetInt32());
        });

        var flow = await Flows(host).AddAsync(Family("parent", "a", "b", "c"));

        await host.StateWhenAsync(flow.Job.Id, JobState.Completed);
        Assert.Equal("parent", order.Last());
        Assert.Equal(4, order.Count);
        Assert.Equal(
            flow.Children.Select((child, index) => (child.Job, index)).OrderBy(pair => pair.Job.Id.Value),
            values!.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key.Id.Value));
    }

    [Fact]
    public async Task Generations_in_two_queues_are_read_as_a_tree()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var other = QueueHost.NewName();
        var flow = await Flows(host).AddAsync(new FlowJob(_queue, "top", 1, new JobOptions { Id = JobId.Choose("top"), Priority = 3 })
        {
            Children =
            [
                new(other, "middle", new { n = 2 }, new JobOptions { Delay = TimeSpan.FromHours(1) })
                {
                    Children = [new(_queue, "leaf", "x", new JobOptions { Priority = 2 }), new(other, "leaf", null)],
                },
                new(_queue, "single", 5, new JobOptions { Delay = TimeSpan.FromHours(1) }),
            ],
        });

        var tree = (await Flows(host).TryReadAsync(_queue, JobId.Choose("top")))!;

        Assert.Equal(new JobKey(_queue, JobId.Choose("top")), flow.Job);
        Assert.Equal((JobState.WaitingChildren, 2), (tree.Job!.State, tree.Children.Count));
        Assert.Equal(new ChildCounts(2, 0, 0, 0), tree.ChildCounts);
        var middle = tree.Children.Single(child => child.Key == flow.Children[0].Job);
        Assert.Equal(JobState.WaitingChildren, middle.Job!.State);
        Assert.Equal(
            [(_queue, JobState.Prioritized), (other, JobState.Waiting)],
            middle.Children.OrderByDescending(leaf => leaf.Job!.Priority).Select(leaf => (leaf.Key.Queue.Value, leaf.Job!.State)));
        Assert.Equal(JobState.Delayed, tree.Children.Single(child => child.Key == flow.Children[1].Job).Job!.State);
        Assert.Empty((await Flows(host).TryReadAsync(_queue, JobId.Choose("top"), depth: 1))!.Children);
        Assert.Null(await Flows(host).TryReadAsync(_queue, JobId.Choose("nobody")));
    }

    [Theory]
    [InlineData(ChildFailure.KeepWaiting, JobState.WaitingChildren)]
    [InlineData(ChildFailure.FailParent, JobState.Failed)]
    [InlineData(ChildFailure.RunParentNow, JobState.Completed)]
    [InlineData(ChildFailure.Ignore, JobState.Completed)]
    [InlineData(ChildFailure.Forget, JobState.Completed)]
    public async Task A_failed_child_means_to_its_parent_what_its_options_say(ChildFailure policy, JobState expected)
    {
        IReadOnlyDictionary<JobKey, string>? ignored = null;
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            if (job.Name == "child")
            {
                return new JobOutcome.Abandoned("broken");
            }

            ignored = await job.Children.GetIgnoredAsync(cancellationToken);
            return Done;
        });

        var flow = await Flows(host).AddAsync(new FlowJob(_queue, "parent", 0)
        {
            Children = [new(_queue, "child", 0, new JobOptions { ChildFailure = policy })],
        });

        await host.StateWhenAsync(flow.Children[0].Job.Id, JobState.Failed);
        await host.StateWhenAsync(flow.Job.Id, expected);
        var children = Flows(host).ChildrenOf(_queue, flow.Job.Id);
        var key = flow.Children[0].Job;
        switch (policy)
        {
            case ChildFailure.KeepWaiting:
                Assert.Equal(new ChildCounts(1, 0, 0, 0), await children.CountAsync());
                break;
            case ChildFailure.FailParent:
                Assert.Equal([key], await children.GetFailedAsync());
                Assert.Equal($"child bull:{_queue}:{key.Id} failed", (await host.GetAsync(flow.Job.Id)).FailedReason);
                break;
            case ChildFailure.Forget:
                Assert.Empty(ignored!);
                break;
            default:
                Assert.Equal("broken", ignored![key]);
                Assert.Equal(new ChildCounts(0, 0, 1, 0), await children.CountAsync());
                break;
        }
    }

    [Fact]
    public async Task A_running_job_adds_children_and_waits_for_them()
    {
        var seen = new ConcurrentQueue<(int Attempt, long Done)>();
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            if (job.Name == "child")
            {
                return Done;
            }

            var counts = await job.Children.CountAsync(cancellationToken);
            seen.Enqueue((job.Attempt, counts.Completed));
            if (counts.Total == 0)
            {
                var queue = job.Queue;
                await QueueOf(queue).AddManyAsync(
                    Enumerable.Range(0, 3).Select(i => new NewJob<int>("child", i, new JobOptions { Parent = job.Key })), cancellationToken);
                return new JobOutcome.WaitingForChildren();
            }

            return Done;
        });
        _host = host;

        var id = await host.Queue.AddAsync("parent", 1);

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal([(1, 0L), (1, 3L)], seen);
        Assert.Contains(await QueueHost.EventsAsync(_queue), line => line == $"event waiting-children jobId {id} prev active");
    }

    [Fact]
    public async Task Waiting_for_children_that_have_all_finished_runs_the_job_again_at_once()
    {
        var runs = 0;
        await using var host = await QueueHost.StartAsync(_queue, (_, _) =>
            Task.FromResult(Interlocked.Increment(ref runs) < 3 ? new JobOutcome.WaitingForChildren() : Done));

        var id = await host.Queue.AddAsync("n", 1);

        await host.StateWhenAsync(id, JobState.Completed);
        Assert.Equal((3, 1), (runs, (await host.GetAsync(id)).AttemptsMade));
    }

    [Fact]
    public async Task Waiting_for_children_of_which_one_failed_the_job_fails_it()
    {
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            if (job.Name == "child")
            {
                return new JobOutcome.Abandoned("broken");
            }

            var child = await QueueOf(job.Queue).AddAsync(
                "child", 1, new JobOptions { Parent = job.Key, ChildFailure = ChildFailure.FailParent }, cancellationToken);
            await Eventually.Equal(JobState.Failed, () => _host!.Inspector.GetStateAsync(child), "state of the child");
            return new JobOutcome.WaitingForChildren();
        }, worker => worker.Concurrency = 2);
        _host = host;

        var id = await host.Queue.AddAsync("parent", 1, new JobOptions { Attempts = 3 });

        await host.StateWhenAsync(id, JobState.Failed);
        Assert.Equal("The job cannot complete: at least one of its children failed.", (await host.GetAsync(id)).FailedReason);
    }

    [Fact]
    public async Task A_flow_with_a_child_of_another_parent_is_refused_as_a_whole()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        await Flows(host).AddAsync(new FlowJob(_queue, "first", 0) { Children = [new(_queue, "c", 0, Named("taken"))] });
        var before = await DumpAsync();

        var results = await Flows(host).AddManyAsync(
        [
            new FlowJob(_queue, "second", 0, Named("second")) { Children = [new(_queue, "c", 0, Named("free")), new(_queue, "c", 0, Named("taken"))] },
            new FlowJob(_queue, "orphan", 0, Named("orphan") with { Parent = new JobKey(_queue, JobId.Choose("nobody")) }),
        ]);

        Assert.Equal(
            [(JobQueueError.ParentCannotBeReplaced, "taken"), (JobQueueError.ParentNotFound, "orphan")],
            results.Select(result => (result.Error!.Error, result.Error.JobId!.Value.Value)));
        Assert.Equal(before, await DumpAsync());
    }

    [Fact]
    public async Task A_child_that_completed_before_counts_when_the_flow_is_added()
    {
        await using var host = await QueueHost.StartAsync(_queue, (job, _) => Task.FromResult(
            job.Payload.GetInt32() == 7 ? new JobOutcome.Completed("early") : Done));
        var early = await host.Queue.AddAsync("early", 7, Named("early"));
        await host.StateWhenAsync(early, JobState.Completed);
        await host.Inspector.PauseAsync();

        var mixed = await Flows(host).AddAsync(
            new FlowJob(_queue, "p", 0) { Children = [new(_queue, "early", 7, Named("early")), new(_queue, "late", 1)] });

        var children = Flows(host).ChildrenOf(_queue, mixed.Job.Id);
        Assert.Equal(new ChildCounts(1, 1, 0, 0), await children.CountAsync());
        Assert.Equal(JobState.WaitingChildren, await host.Inspector.GetStateAsync(mixed.Job.Id));
        Assert.Equal("early", (await children.GetValuesAsync<string>())[new JobKey(_queue, early)]);
    }

    [Fact]
    public async Task Bad_flows_are_refused_before_anything_is_written()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var parent = new JobKey(_queue, JobId.Choose("x"));
        foreach (var (flow, says) in new (FlowJob, string)[]
        {
            (new(default, "n", 0), "has no queue"),
            (new(_queue, "", 0), "The job name is empty"),
            (new(_queue, "n", 0) { Children = [new(_queue, "c", 0, new JobOptions { Attempts = 0 })] }, "JobOptions.Attempts is 0"),
            (new(_queue, "n", 0, Named("twice")) { Children = [new(_queue, "c", 0, Named("twice"))] }, $"two jobs with the id '{_queue}:twice'"),
            (new(_queue, "n", 0) { Children = [new(_queue, "c", 0, new JobOptions { Parent = parent })] }, $"names the parent '{parent}'"),
            (new(_queue, "n", 0, new JobOptions { ChildFailure = ChildFailure.Ignore }), "has no parent"),
            (new(_queue, "n", 0) { Children = [new(_queue, "c", 0, new JobOptions { ChildFailure = (ChildFailure)9 })] }, "ChildFailure is 9"),
            (new(_queue, "n", 0) { Children = [new(_queue, "c", 0, new JobOptions { Deduplication = new("same") })] }, "the deduplication 'same'"),
            (new(_queue, "n", 0) { Children = [.. Enumerable.Repeat(new FlowJob(_queue, "c", 0), 5000)] }, "more than 5000 jobs"),
        })
        {
            var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() => Flows(host).AddManyAsync([Family("p", "c"), flow]));
            Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<ArgumentException>(() => host.Queue.AddAsync("n", 0, new JobOptions { Parent = default(JobKey) }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => host.Queue.AddAsync("n", 0, new JobOptions { Parent = parent, Deduplication = new Deduplication("same") }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Flows(host).TryReadAsync(_queue, JobId.Choose("x"), depth: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Flows(host).TryReadAsync(_queue, JobId.Choose("x"), maxChildren: 0));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Flows(host).ChildrenOf(_queue, JobId.Choose("x")).GetPageAsync(ChildState.Failed, "nonsense"));
        Assert.Equal(0, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    private QueueHost? _host;

    private static IJobFlows Flows(QueueHost host) => host.Services.GetRequiredService<IJobFlows>();

    private static JobOptions Named(string id) => new() { Id = JobId.Choose(id) };

    private async Task<string> DumpAsync() =>
        (await Keyspace.ReadAsync(RedisServer.Shared.Database, $"bull:{_queue}:")).ToString();

    private IJobQueue QueueOf(QueueName queue) =>
        SpinWait.SpinUntil(() => _host is not null, TimeSpan.FromSeconds(30))
            ? _host!.Services.GetRequiredService<IJobQueues>().Get(queue)
            : throw new TimeoutException("The host did not start.");

    private FlowJob Family(string parent, params string[] children) => new(_queue, parent, 100)
    {
        Children = [.. children.Select((child, index) => new FlowJob(_queue, child, index))],
    };
}
