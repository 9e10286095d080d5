using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail.Queueing.Tests.Health;

public sealed class HealthTests
{
    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_scheduler_that_is_overdue_and_an_id_without_a_job_are_named()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var database = RedisServer.Shared.Database;
        var late = DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeMilliseconds();
        var soon = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds();
        foreach (var (id, next) in new[] { ("nightly", late), ("ended", late), ("over", late), ("hourly", soon) })
        {
            await database.SortedSetAddAsync($"bull:{_queue}:repeat", id, next);
        }

        await database.HashSetAsync($"bull:{_queue}:repeat:ended", [new("limit", 3), new("ic", 3)]);
        await database.HashSetAsync($"bull:{_queue}:repeat:over", [new("endDate", late), new("ic", 1)]);
        await database.ListRightPushAsync($"bull:{_queue}:wait", "ghost");
        await host.Queue.AddAsync("n", 1);

        var queues = (await ReportAsync(host)).Entries["jamail-queues"];

        Assert.Equal(HealthStatus.Degraded, queues.Status);
        Assert.Contains($"Schedulers of queue '{_queue}' are overdue by more than 1 min: nightly;", queues.Description, StringComparison.Ordinal);
        Assert.Contains($"Ids of queue '{_queue}' have no job behind them: ghost;", queues.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_queues_are_sound_says_so_of_each_part()
    {
        await using var host = await QueueHost.StartAsync(
            _queue, (_, _) => Task.FromResult<JobOutcome>(new JobOutcome.Completed()));
        await host.StateWhenAsync(await host.Queue.AddAsync("n", 1), JobState.Completed);

        var report = await Eventually.Satisfies(
            () => ReportAsync(host), report => report.Status == HealthStatus.Healthy, "a healthy report");

        Assert.Equal(
            ["jamail-queues Healthy", "jamail-redis Healthy", "jamail-workers Healthy"],
            report.Entries.Select(entry => $"{entry.Key} {entry.Value.Status}").Order(StringComparer.Ordinal));
        Assert.True((double)report.Entries["jamail-workers"].Data[$"last answer to {_queue}, ms ago"] >= 0);
    }

    [Theory]
    [InlineData(39, 5, true, false)]
    [InlineData(41, 5, true, true)]
    [InlineData(41, 5, false, false)]
    [InlineData(129, 60, true, false)]
    [InlineData(131, 60, true, true)]
    public void A_worker_with_free_slots_that_gets_no_answer_does_not_consume(
        int silentSeconds, int idleSeconds, bool hasFreeSlots, bool isUnhealthy)
    {
        var finding = WorkerHealthCheck.Silence(
            "images", TimeSpan.FromSeconds(silentSeconds), TimeSpan.FromSeconds(idleSeconds), hasFreeSlots);

        Assert.Equal(isUnhealthy, finding?.Contains("'images'", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(-2, false)]
    [InlineData(10, true)]
    [InlineData(-10, true)]
    public void Clocks_that_differ_are_told(int redisAhead, bool isTold)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var theirs = now.AddSeconds(redisAhead).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(isTold, RedisHealthCheck.Skew(now, theirs, now.AddMilliseconds(50)) is not null);
    }

    [Fact]
    public void Renewals_that_come_half_a_lock_late_are_told()
    {
        Assert.Null(WorkerHealthCheck.Lateness("images", TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(30)));
        Assert.Contains("16 s late", WorkerHealthCheck.Lateness("images", TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
    }

    private static Task<HealthReport> ReportAsync(QueueHost host) =>
        host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
}
