using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Events;

public sealed class JobEventsTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed("ok");
    private static readonly JobRetention Keep = JobRetention.Forever;

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task A_jobs_life_is_read_as_typed_events_in_order()
    {
        await using var host = await QueueHost.StartAsync(_queue, async (job, cancellationToken) =>
        {
            await job.ReportProgressAsync(50, cancellationToken);
            return Done;
        });
        var start = await host.Events.GetPositionAsync();
        var id = await host.Queue.AddAsync("resize", 1, new JobOptions { RemoveOnComplete = Keep });

        var events = await host.Events.TakeAsync(start, until: happened => happened is JobEvent.Drained);

        Assert.Equal(
            [
                new JobEvent.Added(id, "resize"), new JobEvent.Waiting(id, JobState.Unknown), new JobEvent.Active(id),
                new JobEvent.Progress(id, "50"), new JobEvent.Completed(id, "\"ok\""), new JobEvent.Drained(),
            ],
            events.Select(happened => happened with { Position = "0-0" }));
        Assert.All(events, happened => Assert.InRange((DateTimeOffset.UtcNow - happened.At).TotalMinutes, -1, 1));
    }

    [Fact]
    public async Task Reading_goes_on_after_the_position_of_an_earlier_run()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var first = await host.Queue.AddAsync("n", 1);
        var seen = await host.Events.TakeAsync("0-0", until: happened => happened is JobEvent.Waiting);
        var second = await host.Queue.AddAsync("n", 2);

        var later = await host.Events.TakeAsync(seen[^1].Position, until: happened => happened is JobEvent.Waiting);

        Assert.Equal(new JobEvent.Added(first, "n"), seen[0] with { Position = "0-0" });
        Assert.Equal(new JobEvent.Added(second, "n"), later[0] with { Position = "0-0" });
    }

    [Fact]
    public async Task What_was_trimmed_before_it_was_read_is_reported_as_a_gap()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        await host.Queue.AddAsync("n", 1);
        var position = await host.Events.GetPositionAsync();
        await host.Queue.AddAsync("n", 2);
        await RedisServer.Shared.Database.ExecuteAsync("XTRIM", $"bull:{_queue}:events", "MAXLEN", "0");
        var third = await host.Queue.AddAsync("n", 3);

        var events = await host.Events.TakeAsync(position, until: happened => happened is JobEvent.Waiting);

        var gap = Assert.IsType<JobEvent.Gap>(events[0]);
        Assert.Equal(position, gap.Position);
        Assert.Equal(events[1].Position, gap.Next);
        Assert.Equal(new JobEvent.Added(third, "n"), events[1] with { Position = "0-0" });
    }

    [Fact]
    public async Task Trimming_what_was_read_already_is_no_gap()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        await host.Queue.AddAsync("n", 1);
        await host.Queue.AddAsync("n", 2);
        var position = await host.Events.GetPositionAsync();
        await RedisServer.Shared.Database.ExecuteAsync("XTRIM", $"bull:{_queue}:events", "MAXLEN", "1");
        await host.Queue.AddAsync("n", 3);

        var events = await host.Events.TakeAsync(position, until: happened => happened is JobEvent.Waiting);

        Assert.IsType<JobEvent.Added>(events[0]);
    }

    [Fact]
    public async Task An_event_of_ones_own_is_told_with_its_fields()
    {
        await using var host = await QueueHost.StartAsync(_queue);
        var start = await host.Events.GetPositionAsync();

        var position = await host.Events.PublishAsync("invoice-ready", new Dictionary<string, string> { ["number"] = "7" });

        var custom = Assert.IsType<JobEvent.Custom>(Assert.Single(await host.Events.TakeAsync(start, until: _ => true)));
        Assert.Equal(("invoice-ready", position, "7"), (custom.Name, custom.Position, custom.Fields["number"]));
    }

    [Fact]
    public async Task An_event_of_ones_own_must_not_look_like_one_of_the_queue()
    {
        await using var host = await QueueHost.StartAsync(_queue);

        var name = await Assert.ThrowsAsync<ArgumentException>(() => host.Events.PublishAsync("completed"));
        var field = await Assert.ThrowsAsync<ArgumentException>(
            () => host.Events.PublishAsync("mine", new Dictionary<string, string> { ["event"] = "completed" }));
        var position = Assert.Throws<ArgumentException>(() => host.Events.ReadAsync("yesterday"));

        Assert.Contains("BullMQ writes itself", name.Message, StringComparison.Ordinal);
        Assert.Contains("call it otherwise", field.Message, StringComparison.Ordinal);
        Assert.Contains("no position", position.Message, StringComparison.Ordinal);
    }
}
