using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Integration;

public sealed class FlowChildrenTests
{
    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_detached_child_and_removed_children_let_the_parent_go_on()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var flow = await Flows(host).AddAsync(Family("parent", "a", "b", "c"));
        var children = Flows(host).ChildrenOf(_queue, flow.Job.Id);

        Assert.True(await children.DetachAsync(flow.Children[0].Job));
        Assert.False(await children.DetachAsync(flow.Children[0].Job));
        Assert.Equal(new ChildCounts(2, 0, 0, 0), await children.CountAsync());
        await children.RemoveUnfinishedAsync();

        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(flow.Job.Id));
        Assert.Equal(JobState.Waiting, await host.Inspector.GetStateAsync(flow.Children[0].Job.Id));
        Assert.Null(await host.Inspector.TryGetJobAsync(flow.Children[1].Job.Id));
        var gone = await Assert.ThrowsAsync<JobQueueException>(() => children.DetachAsync(flow.Children[1].Job));
        Assert.Equal((JobQueueError.JobNotFound, flow.Children[1].Job.Id), (gone.Error, gone.JobId!.Value));
        var noParent = await Assert.ThrowsAsync<JobQueueException>(
            () => Flows(host).ChildrenOf(_queue, JobId.Choose("nobody")).DetachAsync(flow.Children[0].Job));
        Assert.Equal(JobQueueError.ParentNotFound, noParent.Error);
    }

    [Theory]
    [InlineData(ChildState.Unfinished)]
    [InlineData(ChildState.Completed)]
    [InlineData(ChildState.Ignored)]
    [InlineData(ChildState.Failed)]
    public async Task Children_are_paged_each_once(ChildState state)
    {
        const int Count = 700;
        await using var host = await QueueHost.StartAsync(_queue);
        var database = RedisServer.Shared.Database;
        var key = $"bull:{_queue}:p";
        for (var i = 0; i < Count; i++)
        {
            var child = $"bull:{_queue}:c{i}";
            await (state switch
            {
                ChildState.Unfinished => database.SetAddAsync(key + ":dependencies", child),
                ChildState.Completed => database.HashSetAsync(key + ":processed", child, i),
                ChildState.Ignored => database.HashSetAsync(key + ":failed", child, "why"),
                _ => (Task)database.SortedSetAddAsync(key + ":unsuccessful", child, i),
            });
        }

        var seen = new List<ChildJob>();
        string? cursor = null;
        do
        {
            var page = await Flows(host).ChildrenOf(_queue, JobId.Choose("p")).GetPageAsync(state, cursor, 50);
            seen.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Count, seen.Select(child => child.Key).Distinct().Count());
        Assert.All(seen, child => Assert.Equal(state is ChildState.Completed or ChildState.Ignored, child.Value is not null));
    }

    private static IJobFlows Flows(QueueHost host) => host.Services.GetRequiredService<IJobFlows>();

    private FlowJob Family(string parent, params string[] children) => new(_queue, parent, 100)
    {
        Children = [.. children.Select((child, index) => new FlowJob(_queue, child, index))],
    };
}
