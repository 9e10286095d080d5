using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

public sealed class GettersTests : InteropTest
{
    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Metrics_that_a_node_worker_counts_and_its_prometheus_text_are_read_the_same(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var by = $"{QueueName}-{major}";
        await node.CallAsync("work", QueueName, by, new { metrics = new { maxDataPoints = 100 } });
        for (var i = 0; i < 4; i++)
        {
            await FinishedAsync(host, (await host.Queue.AddAsync("work", new Work(i))).Value);
        }

        var failed = await host.Queue.AddAsync("work", new Work(FailTimes: 9));
        await FinishedAsync(host, failed.Value, JobState.Failed);

        var completed = await host.Inspector.GetMetricsAsync(JobState.Completed);
        Assert.Equal((4, 1), (completed.Count, (await host.Inspector.GetMetricsAsync(JobState.Failed)).Count));
        Assert.Equal(4, (await node.CallAsync("metrics", QueueName, "completed")).GetProperty("meta").GetProperty("count").GetInt64());
        Assert.NotNull(completed.LastFinishedAt);
        var labels = new Dictionary<string, string> { ["env"] = "a\"b\\c\nd" };
        Assert.Equal(
            Lines((await node.CallAsync<string>("prometheus", QueueName, labels))!), Lines(await host.Inspector.GetPrometheusTextAsync(labels)));
        await node.CallAsync("stopWork", by);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Workers_of_both_languages_are_listed(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.WorkAsync(Redis, QueueName, Worker(QueueName, "Name", "ours"));
        var by = $"{QueueName}-{major}";
        await node.CallAsync("work", QueueName, by);

        var workers = await Eventually.Satisfies(
            () => host.Inspector.GetWorkersAsync(), list => list.Count == 2, "two workers");

        Assert.Equal([by, "ours"], workers.Select(worker => worker.Name!).Order(StringComparer.Ordinal));
        Assert.All(workers, worker => Assert.Contains("127.0.0.1", worker.Address, StringComparison.Ordinal));
        await node.CallAsync("stopWork", by);
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Where(line => line.Length > 0 && line[0] != '#' && !line.Contains("state=\"paused\"", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
