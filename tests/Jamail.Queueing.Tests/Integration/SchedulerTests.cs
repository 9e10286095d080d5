using System.Collections.Concurrent;
using System.Text.Json;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Integration;

public sealed class SchedulerTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();
    private static readonly JobSchedule Hourly = new JobSchedule.Every(TimeSpan.FromHours(1));

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_scheduler_runs_its_jobs_one_after_the_other_up_to_its_limit()
    {
        var seen = new ConcurrentQueue<Job<JsonElement>>();
        await using var host = await StartAsync((job, _) =>
        {
            seen.Enqueue(job);
            return Task.FromResult(Done);
        });

        var next = await Schedulers(host).UpsertAsync(
            "tick", new JobSchedule.Every(TimeSpan.FromMilliseconds(100)) { Limit = 3 }, "n", new { A = 1 }, new JobOptions { Attempts = 2 });

        await Eventually.Equal(3, () => seen.Count, "jobs run");
        var jobs = seen.ToArray();
        Assert.Equal(next.JobId, jobs[0].Id);
        Assert.All(jobs, job => Assert.Equal(("n", 1, 2), (job.Name, job.Payload.GetProperty("a").GetInt32(), job.Attempts)));
        var times = jobs.Select(job => long.Parse(job.Id.Value.Split(':')[2], null)).ToArray();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(0, (pair.Second - pair.First) % 100));
        await Eventually.Equal(3, async () => (await host.Inspector.GetCountsAsync()).Completed, "completed");
        Assert.Equal(new JobCounts(0, 0, 0, 0, 3, 0, 0), await host.Inspector.GetCountsAsync());
        var scheduler = (await Schedulers(host).TryGetAsync("tick"))!;
        Assert.Equal((3L, 3), (scheduler.Runs, scheduler.Schedule!.Limit));
    }

    [Fact]
    public async Task A_cron_scheduler_continues_by_its_pattern()
    {
        var seen = new ConcurrentQueue<string>();
        await using var host = await StartAsync((job, _) =>
        {
            seen.Enqueue(job.Id.Value);
            return Task.FromResult(Done);
        });

        await Schedulers(host).UpsertAsync("cron", new JobSchedule.Cron("* * * * * *") { Limit = 2 }, "n", 1);

        await Eventually.Equal(2, () => seen.Count, "jobs run");
        Assert.All(seen, id => Assert.EndsWith("000", id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_upserted_is_read_back_listed_counted_and_removed()
    {
        await using var host = await StartAsync();
        var schedulers = Schedulers(host);
        var start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var cron = new JobSchedule.Cron("0 9 * * MON-FRI", "Europe/Berlin") { StartAt = start, EndAt = start.AddYears(1), Limit = 9 };
        var every = new JobSchedule.Every(TimeSpan.FromHours(2)) { Offset = TimeSpan.FromMinutes(7) };

        var next = await schedulers.UpsertAsync("cron", cron, "report", new { Kind = "é" }, new JobOptions { Priority = 4 });
        await schedulers.UpsertAsync("every", every, "n", 1);

        Assert.Equal(cron.Preview(1, TimeProvider.System.GetUtcNow())[0], next.At);
        var read = (await schedulers.TryGetAsync("cron"))!;
        Assert.Equal(("cron", "report", """{"kind":"é"}""", 1L), (read.Id, read.Name, read.Data, read.Runs));
        Assert.Equal(cron, read.Schedule);
        Assert.Equal(next, read.Next);
        Assert.Equal(4, JsonDocument.Parse(read.Options).RootElement.GetProperty("priority").GetInt32());
        Assert.Equal(every, (await schedulers.TryGetAsync("every"))!.Schedule);
        Assert.Equal(2, await schedulers.CountAsync());

        var first = await schedulers.ListAsync(pageSize: 1);
        var second = await schedulers.ListAsync(first.Next, pageSize: 1);
        Assert.Equal(["every", "cron"], first.Items.Concat(second.Items).Select(scheduler => scheduler.Id));
        Assert.Null(second.Next);
        Assert.Equal(
            [first.Items[0].Next.At, first.Items[0].Next.At.AddHours(2)], first.Items[0].Preview(2));
        Assert.Equal(cron.Preview(3, start), second.Items[0].Preview(3));

        Assert.True(await schedulers.RemoveAsync("cron"));
        Assert.False(await schedulers.RemoveAsync("cron"));
        Assert.Null(await schedulers.TryGetAsync("cron"));
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Delayed);
    }

    [Fact]
    public async Task Upserts_from_several_hosts_at_once_leave_one_scheduler_with_one_job()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync()));
        JobSchedule[] schedules = [Hourly, new JobSchedule.Cron("0 0 * * *"), new JobSchedule.Every(TimeSpan.FromDays(1)) { Offset = TimeSpan.FromHours(3) }];

        foreach (var schedule in schedules)
        {
            await Task.WhenAll(hosts.SelectMany(host => Enumerable.Range(0, 5).Select(
                _ => Schedulers(host).UpsertAsync("nightly", schedule, "n", 1))));
            Assert.Equal(1, await Schedulers(hosts[0]).CountAsync());
            var counts = await hosts[0].Inspector.GetCountsAsync();
            Assert.Equal(1, counts.Waiting + counts.Delayed);
        }

        await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task On_a_paused_queue_an_upsert_replaces_the_waiting_job_too()
    {
        await using var host = await StartAsync();
        await host.Inspector.PauseAsync();

        await Schedulers(host).UpsertAsync("s", Hourly, "n", 1);
        await Schedulers(host).UpsertAsync("s", Hourly, "n", 2);

        var counts = await host.Inspector.GetCountsAsync();
        Assert.Equal(1, counts.Waiting + counts.Delayed);
    }

    [Fact]
    public async Task The_next_job_of_a_scheduler_cannot_be_removed_by_itself()
    {
        await using var host = await StartAsync();
        var next = await Schedulers(host).UpsertAsync("s", new JobSchedule.Cron("0 0 1 1 *"), "n", 1);

        var error = await Assert.ThrowsAsync<JobQueueException>(() => host.Inspector.RemoveAsync(next.JobId));
        Assert.Equal(JobQueueError.BelongsToScheduler, error.Error);
    }

    [Fact]
    public async Task A_next_job_whose_id_is_taken_is_a_typed_error()
    {
        await using var host = await StartAsync();
        var database = RedisServer.Shared.Database;
        var cron = new JobSchedule.Cron("0 0 1 1 *");
        var at = cron.Preview(1, TimeProvider.System.GetUtcNow())[0].ToUnixTimeMilliseconds();
        await database.HashSetAsync($"bull:{_queue}:repeat:cron:{at}", "name", "other");
        var collision = await Assert.ThrowsAsync<JobQueueException>(() => Schedulers(host).UpsertAsync("cron", cron, "n", 1));
        Assert.Equal(JobQueueError.SchedulerCollision, collision.Error);
        Assert.Contains("'cron'", collision.Message, StringComparison.Ordinal);

        var start = TimeProvider.System.GetUtcNow().AddDays(1);
        var every = new JobSchedule.Every(TimeSpan.FromDays(1)) { StartAt = start };
        for (var slot = 0; slot < 40; slot++)
        {
            await database.HashSetAsync(
                $"bull:{_queue}:repeat:every:{start.AddDays(slot).ToUnixTimeMilliseconds()}", "name", "other");
        }

        var busy = await Assert.ThrowsAsync<JobQueueException>(() => Schedulers(host).UpsertAsync("every", every, "n", 1));
        Assert.Equal(JobQueueError.SchedulerBusy, busy.Error);
    }

    [Fact]
    public async Task Bad_input_is_refused_before_anything_is_written()
    {
        await using var host = await StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Schedulers(host).UpsertAsync("s", new JobSchedule.Cron("x"), "n", 1));
        await Assert.ThrowsAsync<ArgumentException>(() => Schedulers(host).UpsertAsync("a:b", Hourly, "n", 1));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Schedulers(host).UpsertAsync("s", Hourly, "n", 1, new JobOptions { Delay = TimeSpan.FromSeconds(1) }));
        await Assert.ThrowsAsync<ArgumentException>(() => Schedulers(host).UpsertAsync("s", Hourly, "", 1));

        Assert.Empty((await Keyspace.ReadAsync(RedisServer.Shared.Database, $"bull:{_queue}:")).Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_scheduler_whose_next_job_vanished_gets_it_again(bool isCron)
    {
        await using var host = await StartAsync();
        JobSchedule schedule = isCron ? new JobSchedule.Cron("0 0 1 1 *") : Hourly with { StartAt = TimeProvider.System.GetUtcNow().AddHours(1) };
        var next = await Schedulers(host).UpsertAsync("s", schedule, "n", new { A = 1 }, new JobOptions { Attempts = 3 });
        var database = RedisServer.Shared.Database;
        await database.KeyDeleteAsync($"bull:{_queue}:{next.JobId}");
        await database.SortedSetRemoveAsync($"bull:{_queue}:delayed", next.JobId.Value);

        await using var worker = await StartAsync((_, _) => Task.FromResult(Done));

        await host.StateWhenAsync(next.JobId, JobState.Delayed);
        var job = await host.GetAsync(next.JobId);
        Assert.Equal(("n", """{"a":1}"""), (job.Name, job.Data));
        Assert.Equal(3, JsonDocument.Parse(job.Options).RootElement.GetProperty("attempts").GetInt32());
        Assert.Equal(next, (await Schedulers(host).TryGetAsync("s"))!.Next);
    }

    [Fact]
    public async Task A_scheduler_whose_next_job_was_never_made_gets_one()
    {
        await using var host = await StartAsync();
        var next = await Schedulers(host).UpsertAsync("s", Hourly, "n", 1);
        var database = RedisServer.Shared.Database;
        await database.ListRemoveAsync($"bull:{_queue}:wait", next.JobId.Value);
        await database.SortedSetAddAsync($"bull:{_queue}:completed", next.JobId.Value, 1);
        await database.HashSetAsync($"bull:{_queue}:{next.JobId}", "finishedOn", 1);

        await using var worker = await StartAsync((_, _) => Task.FromResult(Done));

        await Eventually.Equal(1, async () => (await host.Inspector.GetCountsAsync()).Delayed, "delayed jobs");
        Assert.Equal(next.At.AddHours(1), (await Schedulers(host).TryGetAsync("s"))!.Next.At);
    }

    [Fact]
    public async Task An_ended_scheduler_stays_ended()
    {
        var runs = 0;
        await using var host = await StartAsync(
            (_, _) =>
            {
                Interlocked.Increment(ref runs);
                return Task.FromResult(Done);
            },
            worker => worker.StalledInterval = TimeSpan.FromMilliseconds(250));

        await Schedulers(host).UpsertAsync(
            "s", new JobSchedule.Every(TimeSpan.FromMilliseconds(50)) { Limit = 2 }, "n", 1, new JobOptions { RemoveOnComplete = JobRetention.None });

        await Eventually.Equal(2, () => runs, "runs");
        var check = $"jamail:{{bull:{_queue}}}:schedulers-check";
        for (var sweep = 0; sweep < 2; sweep++)
        {
            await Eventually.True(() => RedisServer.Shared.Database.KeyExistsAsync(check), "a sweep");
            await RedisServer.Shared.Database.KeyDeleteAsync(check);
        }

        await Eventually.True(() => RedisServer.Shared.Database.KeyExistsAsync(check), "one more sweep");
        Assert.Equal(2, runs);
        Assert.Equal(new JobCounts(0, 0, 0, 0, 0, 0, 0), await host.Inspector.GetCountsAsync());
    }

    private static IJobSchedulers Schedulers(QueueHost host) =>
        host.Services.GetRequiredKeyedService<IJobSchedulers>(host.Queue.Name.Value);

    private Task<QueueHost> StartAsync(JobHandler? handler = null, Action<JobWorkerOptions>? worker = null) =>
        QueueHost.StartAsync(_queue, handler, worker);
}
