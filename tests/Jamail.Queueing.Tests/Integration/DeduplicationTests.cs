using System.Collections.Concurrent;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Integration;

public sealed class DeduplicationTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly string _queue = QueueHost.NewName();

    public static TheoryData<Deduplication, string> Refused => new()
    {
        { new Deduplication(""), "Id is empty" },
        { new Deduplication("a") { Window = TimeSpan.Zero }, "Window" },
        { new Deduplication("a") { ExtendWindow = true }, "ExtendWindow" },
        { new Deduplication("a") { Window = Hour, KeepLatestWhileActive = true }, "KeepLatestWhileActive" },
        { new Deduplication("a") { WhileDelayed = (DuplicateEffect)7 }, "WhileDelayed" },
    };

    [Fact]
    public async Task A_job_counts_until_it_has_finished()
    {
        await using var producer = await QueueHost.StartAsync(_queue);
        var first = await AddAsync(producer, 1, new Deduplication("a"));
        var second = await AddAsync(producer, 2, new Deduplication("a"));
        var other = await AddAsync(producer, 3, new Deduplication("b"));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Equal(first, await producer.Inspector.TryGetDuplicatedJobAsync("a"));
        Assert.Equal(2, (await producer.Inspector.GetCountsAsync()).Waiting);
        Assert.Contains(
            (await QueueHost.EventsAsync(_queue)),
            entry => entry.StartsWith($"event deduplicated jobId {first} deduplicationId a", StringComparison.Ordinal));

        await using var worker = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done));
        await producer.StateWhenAsync(first, JobState.Completed);
        Assert.Null(await producer.Inspector.TryGetDuplicatedJobAsync("a"));
        Assert.NotEqual(first, await AddAsync(producer, 4, new Deduplication("a")));
    }

    [Fact]
    public async Task A_throttled_job_counts_for_its_window_though_it_has_finished()
    {
        await using var host = await QueueHost.StartAsync(_queue, (_, _) => Task.FromResult(Done));
        var first = await AddAsync(host, 1, Deduplication.Throttle("a", Hour));
        await host.StateWhenAsync(first, JobState.Completed);

        Assert.Equal(first, await AddAsync(host, 2, Deduplication.Throttle("a", Hour)));
        Assert.True(await RedisServer.Shared.Database.KeyTimeToLiveAsync($"bull:{_queue}:de:a") > TimeSpan.FromMinutes(59));
    }

    [Fact]
    public async Task A_debounced_job_takes_the_place_of_the_delayed_one()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var options = new JobOptions { Delay = Hour, Deduplication = Deduplication.Debounce("a", Hour) };

        var first = await host.Queue.AddAsync("n", 1, options);
        var second = await host.Queue.AddAsync("n", 2, options);

        Assert.NotEqual(first, second);
        Assert.Null(await host.Inspector.TryGetJobAsync(first));
        Assert.Equal("2", (await host.GetAsync(second)).Data);
        Assert.Equal(1, (await host.Inspector.GetCountsAsync()).Delayed);
    }

    [Fact]
    public async Task A_rescheduling_job_moves_the_delayed_one_and_is_not_added()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var deduplication = new Deduplication("a") { WhileDelayed = DuplicateEffect.Reschedule };

        var first = await host.Queue.AddAsync("n", 1, new JobOptions { Delay = Hour, Deduplication = deduplication });
        var second = await host.Queue.AddAsync("n", 2, new JobOptions { Delay = 3 * Hour, Deduplication = deduplication });

        Assert.Equal(first, second);
        var job = await host.GetAsync(first);
        Assert.Equal(("1", 3 * Hour), (job.Data, job.Delay));
    }

    [Fact]
    public async Task The_newest_job_that_came_while_one_ran_runs_after_it()
    {
        var started = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var seen = new ConcurrentQueue<int>();
        await using var host = await QueueHost.StartAsync(_queue, async (job, _) =>
        {
            seen.Enqueue(job.Payload.GetInt32());
            started.TrySetResult();
            await goOn.Task;
            return Done;
        });

        var first = await AddAsync(host, 1, Deduplication.KeepLatest("a"));
        await started.Task;
        foreach (var number in new[] { 2, 3, 4 })
        {
            Assert.Equal(first, await AddAsync(host, number, Deduplication.KeepLatest("a")));
        }

        goOn.SetResult();
        await Eventually.Equal(2, () => seen.Count, "jobs run");
        await Eventually.Equal(2, async () => (await host.Inspector.GetCountsAsync()).Completed, "completed");
        Assert.Equal([1, 4], seen);
    }

    [Fact]
    public async Task A_deduplication_is_released_by_hand_for_any_job_or_for_one()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var first = await AddAsync(host, 1, new Deduplication("a"));

        Assert.False(await host.Inspector.ReleaseDeduplicationAsync("a", JobId.Choose("other")));
        Assert.True(await host.Inspector.ReleaseDeduplicationAsync("a", first));
        var second = await AddAsync(host, 2, new Deduplication("a"));
        Assert.NotEqual(first, second);
        Assert.True(await host.Inspector.ReleaseDeduplicationAsync("a"));
        Assert.False(await host.Inspector.ReleaseDeduplicationAsync("a"));
        Assert.NotEqual(second, await AddAsync(host, 3, new Deduplication("a")));
    }

    [Fact]
    public async Task Jobs_with_and_without_deduplication_share_a_bulk_add()
    {
        await using var host = await QueueHost.StartAsync(_queue);

        var added = await host.Queue.AddManyAsync(Enumerable.Range(0, 100).Select(i => new NewJob<int>(
            "n", i, i % 2 == 0 ? new JobOptions { Deduplication = new Deduplication("even"), Lifo = i == 0 } : null)));

        Assert.All(added, job => Assert.Null(job.Error));
        Assert.Equal(51, added.Select(job => job.Id).Distinct().Count());
        Assert.Equal(51, (await host.Inspector.GetCountsAsync()).Waiting);
        Assert.Equal(added[0].Id, (await host.Inspector.GetJobsAsync(JobState.Waiting)).Items[0].Id);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_deduplication_that_breaks_a_rule_is_refused_before_anything_is_written(Deduplication deduplication, string part)
    {
        await using var host = await QueueHost.StartAsync(_queue);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => AddAsync(host, 1, deduplication));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Empty((await Keyspace.ReadAsync(RedisServer.Shared.Database, $"bull:{_queue}:")).Entries);
    }

    private static Task<JobId> AddAsync(QueueHost host, int number, Deduplication deduplication) =>
        host.Queue.AddAsync("n", number, new JobOptions { Deduplication = deduplication });
}
