using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class RecoveryTests
{
    private static readonly int Many = Proof.Size(2000, 100_000);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(Proof.Size(120, 7200));

    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Skipped_deliveries_are_recovered_with_a_restart_in_the_middle(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:MaxInFlight"] = "50");
        await using var other = await host.StartAnotherAsync(works: false);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Endpoints.TrySetStatusAsync(endpoint.Id, WebhookEndpointStatus.Paused);
        await PublishAsync(host, Many);
        var request = new WebhookRecoveryRequest { Since = TimeProvider.System.GetUtcNow().AddHours(-1) };
        Assert.Equal(Many, (await host.Recovery.TryRecoverAsync(endpoint.Id, request with { DryRun = true }))!.Total);
        await Assert.ThrowsAsync<InvalidInputException>(() => host.Recovery.TryRecoverAsync(endpoint.Id, request));
        await host.Endpoints.TrySetStatusAsync(endpoint.Id, WebhookEndpointStatus.Active);

        var task = (await host.Recovery.TryRecoverAsync(endpoint.Id, request))!;
        await host.ArrivalAsync(sink, Many / 10, Limit);
        await host.StopAsync();
        await using var next = await other.StartAnotherAsync();

        await next.ArrivalAsync(sink, Many, Limit);
        var done = await Eventually.Satisfies(
            () => next.Recovery.TryGetTaskAsync(task.Id!), found => found!.IsDone, "the task to be done");
        Assert.Equal((Many, Many), (done!.Done, done.Total));
        await Eventually.Equal(
            Many,
            async () => (int)(await next.History.TryGetStatsAsync(endpoint.Id, request.Since))!.Deliveries.GetValueOrDefault(DeliveryStatus.Succeeded),
            "the number of successes");
        Proof.Note("Deliveries recovered with a restart in the middle: all arrive", "deliveries", Many);
        Assert.Equal(Many, sink.Received.Select(received => received.Header("webhook-id")).Distinct().Count());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_recovery_begins_with_the_whole_schedule_and_takes_only_what_was_asked_for(string database)
    {
        await using var sink = WebhookSink.Start();
        sink.Answer = _ => SinkReply.Status(500);
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.Publisher.PublishAsync("order.sent", new { });
        await Eventually.True(
            async () => (await host.History.TryListAsync(endpoint.Id))!.Items.All(found => found.Status == DeliveryStatus.Exhausted), "both to be given up");

        var request = new WebhookRecoveryRequest { Since = TimeProvider.System.GetUtcNow().AddHours(-1), EventTypes = ["order.paid"], MaxPerSecond = 5 };
        Assert.Equal(1, (await host.Recovery.TryRecoverAsync(endpoint.Id, request))!.Total);

        var recovered = await Eventually.Satisfies(
            async () => (await host.History.TryListAsync(new DeliveryQuery { EventType = "order.paid" }))!.Items[0],
            found => found is { Status: DeliveryStatus.Exhausted, Attempts.Count: 6 },
            "three more attempts");
        Assert.Equal(["schedule", "recovery"], recovered.Attempts.Select(attempt => attempt.Origin).Distinct());
        Assert.Equal(3, (await host.History.TryListAsync(new DeliveryQuery { EventType = "order.sent" }))!.Items[0].Attempts.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Cancelled_deliveries_are_recovered_where_that_is_asked_for_and_keep_their_order(string database)
    {
        const int Count = 4;
        var answer = new TaskCompletionSource();
        await using var sink = WebhookSink.Start(SinkReply.After(answer.Task, SinkReply.Ok));
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Timeout"] = "00:00:30");
        var (endpoint, _) = await host.CreateAsync(sink, new WebhookEndpointSettings { Ordering = WebhookOrdering.Endpoint });
        await host.Inspector.PauseAsync();
        for (var n = 0; n < Count; n++)
        {
            await host.Publisher.PublishAsync("order.paid", new { n });
        }

        foreach (var delivery in (await host.History.TryListAsync(endpoint.Id))!.Items)
        {
            Assert.Equal(CancelResult.Accepted, await host.History.CancelAsync(delivery.Id));
        }

        var request = new WebhookRecoveryRequest { Since = TimeProvider.System.GetUtcNow().AddHours(-1) };
        Assert.Equal(0, (await host.Recovery.TryRecoverAsync(endpoint.Id, request with { DryRun = true }))!.Total);
        var task = await host.Recovery.TryRecoverAsync(endpoint.Id, request with { Statuses = [DeliveryStatus.Cancelled] });
        await Eventually.True(async () => (await host.Recovery.TryGetTaskAsync(task!.Id!))!.IsDone, "the task to be done");
        await host.Inspector.ResumeAsync();
        await host.ArrivalAsync(sink, 1);

        // One at a time: the others have no job yet.
        Assert.Equal(1, await host.ScalarAsync<int>("select count(*) from {t}webhook_job where state <> 0"));
        answer.SetResult();
        Assert.Equal(
            Enumerable.Range(0, Count).Select(n => $$"""{"n":{{n}}}"""), (await host.ArrivalAsync(sink, Count)).Select(received => received.Text));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Events_from_before_an_endpoint_was_there_can_be_replayed_to_it(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        await PublishAsync(host, 5);
        await host.Publisher.PublishAsync("mail.sent", new { });
        var (endpoint, _) = await host.CreateAsync(sink, "order.*");
        await host.Publisher.PublishAsync("order.paid", new { N = 5 });
        var request = new WebhookRecoveryRequest { Since = TimeProvider.System.GetUtcNow().AddHours(-1) };

        Assert.Equal(5, (await host.Recovery.TryReplayMissingAsync(endpoint.Id, request with { DryRun = true }))!.Total);
        var task = (await host.Recovery.TryReplayMissingAsync(endpoint.Id, request))!;

        var requests = await host.ArrivalAsync(sink, 6);
        Assert.Equal(Enumerable.Range(0, 6).Select(n => $$"""{"n":{{n}}}"""), requests.Select(received => received.Text).Order());
        await Eventually.True(async () => (await host.Recovery.TryGetTaskAsync(task.Id!))!.IsDone, "the task to be done");
        Assert.Equal(0, (await host.Recovery.TryReplayMissingAsync(endpoint.Id, request with { DryRun = true }))!.Total);
    }

    [Fact]
    public async Task A_bad_request_is_refused_with_everything_that_is_wrong()
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite);
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/" });

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => host.Recovery.TryRecoverAsync(
            endpoint.Id,
            new WebhookRecoveryRequest
            {
                Since = TimeProvider.System.GetUtcNow().AddDays(-91),
                Until = TimeProvider.System.GetUtcNow().AddDays(-92),
                Statuses = [DeliveryStatus.Succeeded],
                MaxPerSecond = 0,
                EventTypes = ["no type"],
            }));

        Assert.Equal(
            ["events[0]", "maxPerSecond", "since", "statuses", "until"], refusal.Problems.Select(problem => problem.Field).Order());
    }

    private static async Task PublishAsync(WebhookHost host, int count) =>
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (n, token) =>
            await host.Publisher.PublishAsync("order.paid", new { N = n }, cancellationToken: token));
}
