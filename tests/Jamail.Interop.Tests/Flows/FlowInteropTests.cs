using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Interop.Tests;

public sealed class FlowInteropTests : InteropTest
{
    private string Other => QueueName + "-other";

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_node_parent_runs_after_our_workers_have_done_its_children(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, Other, Worker(Other, "Concurrency", 5));
        var by = $"{QueueName}-{major}";
        await node.CallAsync("work", QueueName, by);

        var flow = await node.CallAsync("addTree", new
        {
            name = "parent", queueName = QueueName, data = new { collect = true },
            children = Enumerable.Range(1, 5).Select(i => new { name = "work", queueName = Other, data = new { number = i } }),
        });

        var id = flow.GetProperty("key").GetString()!.Split(':')[1];
        await using var reader = await JamailHost.ProduceAsync(Redis, QueueName);
        var parent = await FinishedAsync(reader, id);
        var values = JsonDocument.Parse(parent.ReturnValue!).RootElement.EnumerateObject().Select(value => Result(value.Value)).ToList();
        Assert.Equal([1, 2, 3, 4, 5], values.Select(value => value.Number).Order());
        Assert.All(values, value => Assert.Equal("jamail", value.By));
        await node.CallAsync("stopWork", by);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Our_parent_runs_after_node_has_done_its_children(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        var by = $"{Other}-{major}";
        await node.CallAsync("work", Other, by, new { concurrency = 5 });
        var flows = host.Services.GetRequiredService<IJobFlows>();

        var flow = await flows.AddAsync(new FlowJob(QueueName, "work", new Work(9))
        {
            Children =
            [
                .. Enumerable.Range(1, 4).Select(i => new FlowJob(Other, "work", new Work(i))),
                new(Other, "work", new Work(5, FailTimes: 9), new JobOptions { ChildFailure = ChildFailure.Ignore }),
            ],
        });

        await FinishedAsync(host, flow.Job.Id.Value);
        var children = flows.ChildrenOf(QueueName, flow.Job.Id);
        var values = await children.GetValuesAsync<WorkResult>();
        Assert.Equal([1, 2, 3, 4], values.Values.Select(value => value!.Number).Order());
        Assert.All(values.Values, value => Assert.Equal(by, value!.By));
        Assert.Equal("planned failure 1", (await children.GetIgnoredAsync())[flow.Children[4].Job]);
        Assert.Equal(new ChildCounts(0, 4, 1, 0), await children.CountAsync());
        await node.CallAsync("stopWork", by);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_failed_child_in_node_fails_our_parent_and_its_parent(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        var by = $"{Other}-{major}";
        await node.CallAsync("work", Other, by);
        var fails = new JobOptions { ChildFailure = ChildFailure.FailParent };

        var flow = await host.Services.GetRequiredService<IJobFlows>().AddAsync(new FlowJob(QueueName, "work", new Work())
        {
            Children =
            [
                new(QueueName, "work", new Work(), fails) { Children = [new(Other, "work", new Work(FailTimes: 9), fails)] },
            ],
        });

        var middle = await FinishedAsync(host, flow.Children[0].Job.Id.Value, JobState.Failed);
        Assert.Equal($"child bull:{flow.Children[0].Children[0].Job} failed", middle.FailedReason);
        Assert.Equal(
            $"child bull:{flow.Children[0].Job} failed", (await FinishedAsync(host, flow.Job.Id.Value, JobState.Failed)).FailedReason);
        Assert.Empty(await RunsAsync());
        await node.CallAsync("stopWork", by);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Each_side_reads_the_trees_of_the_other(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var flows = host.Services.GetRequiredService<IJobFlows>();
        var ours = await flows.AddAsync(Tree("ours"));
        var theirs = await node.CallAsync("addTree", NodeTree(Tree("theirs")));

        foreach (var (id, ids) in new[] { ("ours", Keys(ours)), ("theirs", KeysOfNode(theirs)) })
        {
            var seenByNode = await node.CallAsync("flow", QueueName, id);
            var seenByUs = (await flows.TryReadAsync(QueueName, JobId.Parse(id)))!;
            Assert.Equal(ids.Order(), KeysOfNode(seenByNode).Order());
            Assert.Equal(ids.Order(), Keys(seenByUs).Order());
        }
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_flow_of_ours_leaves_in_redis_what_nodes_leaves(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var flows = host.Services.GetRequiredService<IJobFlows>();
        var random = new Random(4711);
        for (var round = 0; round < 12; round++)
        {
            var tree = Random(random, $"r{round}", depth: 3);
            var expected = await LeftAsync(tree, async () => await node.CallAsync("addTree", NodeTree(tree)));
            var found = await LeftAsync(tree, async () => await flows.AddAsync(tree));
            Assert.Equal(expected, found);
        }
    }

    private async Task<string> LeftAsync(FlowJob tree, Func<Task> add)
    {
        foreach (var key in await KeysAsync())
        {
            await Redis.Database.KeyDeleteAsync(key);
        }

        await add();
        var left = await Keyspace.ReadAsync(Redis.Database, $"bull:{QueueName}");
        var lines = left.Entries
            .Where(entry => !entry.Key.EndsWith(":meta", StringComparison.Ordinal))
            .SelectMany(entry => entry.Lines.Select(line => $"{entry.Key} {entry.Type} {Normal(line)}"));
        return $"{tree.Name}\n{string.Join('\n', lines)}";
    }

    private async Task<IEnumerable<string>> KeysAsync() =>
        (await Keyspace.ReadAsync(Redis.Database, $"bull:{QueueName}")).Entries.Select(entry => $"bull:{QueueName}{entry.Key}");

    // Options and links are compared as JSON values: the reference's order of members is none.
    private static string Normal(string line)
    {
        var colon = line.IndexOf(": {", StringComparison.Ordinal);
        return colon < 0
            ? line
            : $"{line[..colon]}: {string.Join(',', JsonDocument.Parse(line[(colon + 2)..]).RootElement.EnumerateObject()
                .Select(member => $"{member.Name}={Normal("x: " + member.Value)}").Order(StringComparer.Ordinal))}";
    }

    private FlowJob Tree(string id) => new(QueueName, "top", 1, Options(id))
    {
        Children =
        [
            new(Other, "a", 1, Options($"{id}-a")) { Children = [new(QueueName, "b", 1, Options($"{id}-b"))] },
            new(QueueName, "c", 1, Options($"{id}-c")),
        ],
    };

    private static JobOptions Options(string id) => new() { Id = JobId.Choose(id), Timestamp = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000) };

    private FlowJob Random(Random random, string id, int depth)
    {
        var children = depth == 0 ? 0 : random.Next(0, 4);
        return new FlowJob(random.Next(2) == 0 ? QueueName : Other, $"n{random.Next(3)}", new { n = random.Next(100) }, Options(id) with
        {
            Delay = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 5000)) : null,
            Priority = random.Next(4) == 0 ? random.Next(1, 9) : null,
            Lifo = random.Next(4) == 0 ? true : null,
            Attempts = random.Next(1, 4),
            ChildFailure = id.Contains('-', StringComparison.Ordinal) && random.Next(2) == 0 ? (ChildFailure)random.Next(1, 5) : null,
        })
        {
            Children = [.. Enumerable.Range(0, children).Select(i => Random(random, $"{id}-{i}", depth - 1))],
        };
    }

    private static Dictionary<string, object> NodeTree(FlowJob flow)
    {
        var options = new Dictionary<string, object> { ["jobId"] = flow.Options!.Id!.Value.Value };
        void Set(string name, object? value)
        {
            if (value is not null)
            {
                options[name] = value;
            }
        }

        Set("timestamp", flow.Options.Timestamp?.ToUnixTimeMilliseconds());
        Set("delay", flow.Options.Delay?.TotalMilliseconds);
        Set("priority", flow.Options.Priority);
        Set("lifo", flow.Options.Lifo);
        Set("attempts", flow.Options.Attempts);
        var failure = flow.Options.ChildFailure switch
        {
            ChildFailure.FailParent => "failParentOnFailure",
            ChildFailure.RunParentNow => "continueParentOnFailure",
            ChildFailure.Ignore => "ignoreDependencyOnFailure",
            ChildFailure.Forget => "removeDependencyOnFailure",
            _ => null,
        };
        if (failure is not null)
        {
            options[failure] = true;
        }

        return new Dictionary<string, object>
        {
            ["name"] = flow.Name, ["queueName"] = flow.Queue.Value, ["data"] = flow.Payload!, ["opts"] = options,
            ["children"] = flow.Children.Select(NodeTree).ToList(),
        };
    }

    private static IEnumerable<string> Keys(AddedFlow flow) => [flow.Job.ToString(), .. flow.Children.SelectMany(Keys)];

    private static IEnumerable<string> Keys(FlowTree flow) => [flow.Key.ToString(), .. flow.Children.SelectMany(Keys)];

    private static IEnumerable<string> KeysOfNode(JsonElement flow) =>
        [flow.GetProperty("key").GetString()!, .. flow.GetProperty("children").EnumerateArray().SelectMany(KeysOfNode)];
}
