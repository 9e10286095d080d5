using System.Text.Json;
using System.Text.Json.Nodes;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

/// <summary>What Node services use on top of BullMQ.</summary>
public sealed class NodeEcosystemTests : InteropTest
{
    private static string Connection => new JsonObject { ["host"] = Redis.Host, ["port"] = Redis.Port }.ToJsonString();

    [Fact]
    public async Task Jobs_of_a_nest_application_run_with_its_default_options()
    {
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        await using var nest = await NodeProcess.StartAsync("nest-producer.mjs", [QueueName, Connection]);
        var added = await nest.ReadAsync("added");

        var plain = await FinishedAsync(host, added.GetProperty("plain").GetString()!);
        var scheduled = await FinishedAsync(host, added.GetProperty("scheduled").GetString()!);

        Assert.Equal((3, 4), (plain.AttemptsMade, scheduled.AttemptsMade));
        Assert.True(plain.FinishedOn - plain.Timestamp >= TimeSpan.FromMilliseconds(300));
        Assert.True(scheduled.FinishedOn - scheduled.Timestamp >= TimeSpan.FromMilliseconds(300));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Bull_board_shows_our_jobs(string major)
    {
        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        var done = await host.Queue.AddAsync("work", new Work(41));
        await FinishedAsync(host, done.Value);
        await host.Queue.AddAsync("work", new Work(), new JobOptions { Delay = TimeSpan.FromHours(1) });
        await using var board = await NodeProcess.StartAsync("board.mjs", [major, QueueName, Connection]);
        var port = (await board.ReadAsync("listening")).GetProperty("port").GetInt32();

        using var http = new HttpClient();
        var body = await http.GetStringAsync(new Uri(
            $"http://127.0.0.1:{port}/api/queues?activeQueue={QueueName}&status=completed&page=1&jobsPerPage=10"));

        var queue = JsonElement.Parse(body).GetProperty("queues")[0];
        Assert.Equal(QueueName, queue.GetProperty("name").GetString());
        Assert.Equal(1, queue.GetProperty("counts").GetProperty("completed").GetInt32());
        Assert.Equal(1, queue.GetProperty("counts").GetProperty("delayed").GetInt32());
        var job = queue.GetProperty("jobs")[0];
        Assert.Equal(done.Value, job.GetProperty("id").GetString());
        Assert.Equal(41, job.GetProperty("data").GetProperty("number").GetInt32());
    }
}
