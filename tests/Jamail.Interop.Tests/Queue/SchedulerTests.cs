using System.Globalization;
using System.Text.Json.Nodes;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Interop.Tests;

public sealed class SchedulerTests : InteropTest
{
    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_scheduler_of_node_is_continued_by_jamail_and_back(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        foreach (object repeat in new object[] { new { every = 100 }, new { pattern = "* * * * * *", tz = "Europe/Berlin" } })
        {
            var queue = $"{QueueName}-{repeat.GetHashCode()}";
            await node.CallAsync("upsertScheduler", queue, "s", repeat, new { name = "work", data = new { number = 5 }, opts = new { attempts = 2 } });
            await using (var host = await JamailHost.WorkAsync(Redis, queue))
            {
                await CountsAtLeastAsync(host, 2);
            }

            var worker = $"node-{queue}";
            var before = await RunsAsync(queue);
            await node.CallAsync("work", queue, worker, new { concurrency = 1 });
            await Eventually.True(async () => (await RunsAsync(queue)).Count >= before.Count + 2, "two runs by Node");
            await node.CallAsync("stopWork", worker);
            await using (var host = await JamailHost.WorkAsync(Redis, queue))
            {
                var ran = (await RunsAsync(queue)).Count;
                await Eventually.True(async () => (await RunsAsync(queue)).Count >= ran + 2, "two more runs by Jamail");
                Assert.True(await host.Schedulers.RemoveAsync("s"));
            }

            var runs = await RunsAsync(queue);
            Assert.Equal(["jamail", worker, "jamail"], runs.Select(run => run.Worker).Aggregate(
                new List<string>(), (all, name) => all.Count > 0 && all[^1] == name ? all : [.. all, name]));
            Assert.Equal(runs.Count, runs.Select(run => run.JobId).Distinct().Count());
            Assert.All(runs, run => Assert.StartsWith("repeat:s:", run.JobId, StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_scheduler_of_node_is_continued_by_a_loop_that_fetches_by_hand_and_back(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await node.CallAsync("upsertScheduler", QueueName, "s", new { every = 200 }, new { name = "work", data = new { number = 5 } });
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var fetcher = host.Services.GetRequiredKeyedService<IJobFetcher>(QueueName);
        var ids = new HashSet<string>();
        for (var run = 0; run < 3; run++)
        {
            var fetched = (await fetcher.TryFetchAsync(TimeSpan.FromSeconds(30)))!;
            var counts = await host.Inspector.GetCountsAsync();
            Assert.Equal(1, counts.Delayed + counts.Waiting);
            Assert.Equal(5, fetched.As<Work>().Payload.Number);
            Assert.True(ids.Add(fetched.Job.Id.Value));
            await fetched.SettleAsync(new JobOutcome.Completed());
        }

        var worker = $"node-{QueueName}";
        await node.CallAsync("work", QueueName, worker, new { concurrency = 1 });
        await Eventually.True(async () => (await RunsAsync(QueueName)).Count >= 2, "two runs by Node");
        await node.CallAsync("stopWork", worker);
        Assert.DoesNotContain(await RunsAsync(QueueName), run => ids.Contains(run.JobId));
        Assert.NotNull(await fetcher.TryFetchAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task A_limit_met_by_a_loop_that_fetches_by_hand_holds_nodes_worker_until_it_is_released(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        var id = await host.Queue.AddAsync("work", new Work(1));
        var fetched = (await host.Services.GetRequiredKeyedService<IJobFetcher>(QueueName).TryFetchAsync())!;

        await fetched.SettleAsync(new JobOutcome.RateLimited(TimeSpan.FromHours(1)));

        Assert.InRange(await node.CallAsync<long>("holdTtl", QueueName), 3_000_000, 3_600_000);
        Assert.Equal("waiting", await node.CallAsync<string>("state", QueueName, id.Value));
        await host.Limits.ReleaseAsync();
        var worker = $"node-{QueueName}";
        await node.CallAsync("work", QueueName, worker, new { limiter = new { max = 100, duration = 1000 } });
        Assert.Equal(1, Result(await FinishedAsync(host, id.Value)).Attempt);
        await node.CallAsync("stopWork", worker);
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Every_job_of_a_scheduler_keeps_the_data_and_options_of_its_template(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await node.CallAsync(
            "upsertScheduler", QueueName, "s", new { every = 50, limit = 3 },
            new { name = "work", data = new { number = 5 }, opts = new { attempts = 4, backoff = 70, unknownToUs = new { a = 1 } } });

        await using var host = await JamailHost.WorkAsync(Redis, QueueName);
        await Eventually.Equal(3, async () => (int)(await host.Inspector.GetCountsAsync()).Completed, "completed jobs");

        var jobs = (await host.Inspector.GetJobsAsync(JobState.Completed)).Items.Reverse().ToArray();
        for (var index = 0; index < jobs.Length; index++)
        {
            Assert.Equal("""{"number":5}""", jobs[index].Data);
            var options = JsonNode.Parse(jobs[index].Options)!.AsObject();
            Assert.Equal(index + 1, (int)options["repeat"]!["count"]!);
            Assert.Equal((4, 70, 1), ((int)options["attempts"]!, (int)options["backoff"]!, (int)options["unknownToUs"]!["a"]!));
        }
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task What_jamail_upserts_is_what_node_upserts(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        var start = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (startDate, endDate) = (start.ToUnixTimeMilliseconds(), start.AddYears(1).ToUnixTimeMilliseconds());
        var template = new { name = "work", data = new { number = 5 }, opts = new { attempts = 3, priority = 4 } };
        var options = new JobOptions { Attempts = 3, Priority = 4 };
        (JobSchedule Ours, object Theirs)[] schedules =
        [
            (new JobSchedule.Cron("0 3 * * MON#1", "Europe/Berlin") { StartAt = start, EndAt = start.AddYears(1), Limit = 5 },
                new { pattern = "0 3 * * MON#1", tz = "Europe/Berlin", startDate, endDate, limit = 5 }),
            (new JobSchedule.Every(TimeSpan.FromHours(1)) { StartAt = start, EndAt = start.AddYears(1) },
                new { every = 3_600_000, startDate, endDate }),
            (new JobSchedule.Every(TimeSpan.FromDays(3)) { Offset = TimeSpan.FromHours(2), Limit = 2 },
                new { every = 3 * 86_400_000, offset = 2 * 3_600_000, limit = 2 }),
        ];

        for (var index = 0; index < schedules.Length; index++)
        {
            var (ours, theirs) = ($"{QueueName}-o{index}", $"{QueueName}-t{index}");
            await using var host = await JamailHost.ProduceAsync(Redis, ours);
            await host.Schedulers.UpsertAsync("s", schedules[index].Ours, "work", new { number = 5 }, options);
            await node.CallAsync("upsertScheduler", theirs, "s", schedules[index].Theirs, template);

            Assert.Equal(await ReadAsync(theirs), await ReadAsync(ours));
            var seen = await node.CallAsync("scheduler", ours, "s");
            Assert.Equal("work", seen.GetProperty("name").GetString());
            Assert.Equal(5, seen.GetProperty("template").GetProperty("data").GetProperty("number").GetInt32());
            await using var reader = await JamailHost.ProduceAsync(Redis, theirs);
            Assert.Equal((await host.Schedulers.TryGetAsync("s"))!.Schedule, (await reader.Schedulers.TryGetAsync("s"))!.Schedule);
        }
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Node_lists_changes_and_removes_our_schedulers(string major)
    {
        var node = await NodeClient.SharedAsync(major);
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);
        await host.Schedulers.UpsertAsync("a", new JobSchedule.Cron("0 0 1 1 *"), "work", new Work());
        await host.Schedulers.UpsertAsync("b", new JobSchedule.Cron("0 0 2 1 *"), "work", new Work());

        var listed = await node.CallAsync("schedulers", QueueName);
        Assert.Equal(["a", "b"], listed.EnumerateArray().Select(scheduler => scheduler.GetProperty("key").GetString()));
        await node.CallAsync("upsertScheduler", QueueName, "a", new { pattern = "0 0 3 1 *", tz = "UTC" }, new { name = "work" });
        Assert.Equal(new JobSchedule.Cron("0 0 3 1 *"), (await host.Schedulers.TryGetAsync("a"))!.Schedule);
        Assert.True(await node.CallAsync<bool>("removeScheduler", QueueName, "b"));
        Assert.Equal(1, await host.Schedulers.CountAsync());
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Delayed);
    }

    [Fact]
    public async Task Upserts_by_both_majors_and_jamail_at_once_leave_one_job()
    {
        var (five, six) = (await NodeClient.SharedAsync(NodeClient.Five), await NodeClient.SharedAsync(NodeClient.Six));
        await using var host = await JamailHost.ProduceAsync(Redis, QueueName);

        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => new Task[]
        {
            five.CallAsync("upsertScheduler", QueueName, "s", new { pattern = "0 0 1 1 *", tz = "UTC" }, new { name = "work" }),
            six.CallAsync("upsertScheduler", QueueName, "s", new { pattern = "0 0 1 1 *", tz = "UTC" }, new { name = "work" }),
            host.Schedulers.UpsertAsync("s", new JobSchedule.Cron("0 0 1 1 *"), "work", new { }),
        }));

        Assert.Equal(1, await host.Schedulers.CountAsync());
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Delayed);
    }

    [Fact]
    public async Task A_repeatable_job_of_bullmq_5_keeps_its_data_when_jamail_continues_it()
    {
        var node = await NodeClient.SharedAsync(NodeClient.Five);
        await node.CallAsync("add", QueueName, "work", new { number = 8 }, new { repeat = new { every = 100, limit = 3 } });

        await using var host = await JamailHost.WorkAsync(Redis, QueueName);

        await Eventually.True(async () => (await host.Inspector.GetCountsAsync()).Completed >= 2, "two jobs");
        var jobs = (await host.Inspector.GetJobsAsync(JobState.Completed)).Items;
        Assert.All(jobs, job => Assert.Equal("""{"number":8}""", job.Data));
    }

    private static Task<IReadOnlyList<RunRecord>> RunsAsync(string queue) => RunRecord.ReadAsync(Redis.Database, queue);

    private static Task CountsAtLeastAsync(JamailHost host, int completed) => Eventually.True(
        async () => (await host.Inspector.GetCountsAsync()).Completed >= completed, $"{completed} completed jobs");

    /// <summary>The record and its job, without what differs by the moment of the call.</summary>
    private static async Task<string> ReadAsync(string queue)
    {
        var database = Redis.Database;
        var next = (await database.SortedSetRangeByRankWithScoresAsync($"bull:{queue}:repeat"))[0];
        var score = next.Score.ToString(CultureInfo.InvariantCulture);
        var id = $"repeat:{next.Element}:{score}";
        var text = new List<string> { $"{next.Element} {score}" };
        foreach (var key in new[] { $"repeat:{next.Element}", id })
        {
            var hash = await database.HashGetAllAsync($"bull:{queue}:{key}");
            foreach (var field in hash.OrderBy(field => field.Name.ToString(), StringComparer.Ordinal))
            {
                var value = field.Name.ToString() switch
                {
                    "opts" => Options(field.Value.ToString()),
                    "timestamp" or "delay" => "(moment)",
                    _ => field.Value.ToString(),
                };
                text.Add($"{key.Replace(score, "N", StringComparison.Ordinal)} {field.Name} = {value}");
            }
        }

        text.Add($"delayed {await database.SortedSetScoreAsync($"bull:{queue}:delayed", id)}");
        return string.Join('\n', text);
    }

    private static string Options(string json)
    {
        var options = JsonNode.Parse(json)!.AsObject();
        options.Remove("timestamp");
        options.Remove("delay");
        return Sorted(options).ToJsonString();
    }

    private static JsonNode Sorted(JsonNode node) => node is JsonObject members
        ? new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Sorted(member.Value!))))
        : JsonNode.Parse(node.ToJsonString())!;
}
