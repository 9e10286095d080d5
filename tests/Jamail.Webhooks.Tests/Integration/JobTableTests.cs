using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

/// <summary>The table of jobs holds the deliveries that have not ended, and no other: what stays in it counts as open for ever.</summary>
public sealed class JobTableTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_delivery_leaves_it_that_succeeds_or_is_given_up_and_one_that_waits_stays(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Ok, SinkReply.Status(500), SinkReply.Status(410));
        await using var host = await StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { n = 1 });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        await EmptyAsync(host);

        await host.Publisher.PublishAsync("order.paid", new { n = 2 });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);
        Assert.Equal(1, await CountAsync(host));

        await host.Publisher.PublishAsync("order.paid", new { n = 3 });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        await EmptyAsync(host); // The endpoint is gone, and what waited for it discarded.
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_delivery_leaves_it_that_is_cancelled_or_whose_payload_is_removed(string database)
    {
        await using var host = await StartAsync(database, works: false);
        await CreateAsync(host);
        var (cancelled, removed) = (await PublishAsync(host), await PublishAsync(host));
        Assert.Equal(2, await CountAsync(host));

        Assert.Equal(CancelResult.Accepted, await host.History.CancelAsync((await OnlyAsync(host, cancelled.Id)).Id));
        Assert.Equal(1, await CountAsync(host));
        Assert.True(await host.Events.TryExpungeAsync(removed.Id));
        Assert.Equal(0, await CountAsync(host));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Deliveries_leave_it_whose_endpoint_is_deleted_while_they_wait_or_are_under_way(string database)
    {
        var answer = new TaskCompletionSource();
        await using var sink = WebhookSink.Start(SinkReply.After(answer.Task, SinkReply.Ok));
        await using var host = await StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink, new WebhookEndpointSettings { Ordering = WebhookOrdering.Endpoint });
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.ArrivalAsync(sink, 1);
        await host.Publisher.PublishAsync("order.paid", new { });
        Assert.Equal(2, await CountAsync(host));

        await host.Endpoints.TryDeleteAsync(endpoint.Id);
        Assert.Equal(1, await CountAsync(host));
        answer.SetResult();

        await EmptyAsync(host);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_delivery_leaves_it_whose_endpoint_is_paused_while_it_waits_and_a_recovered_one_comes_back(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Inspector.PauseAsync();
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.Endpoints.TrySetStatusAsync(endpoint.Id, WebhookEndpointStatus.Paused);
        await host.Inspector.ResumeAsync();
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Skipped);
        await EmptyAsync(host);
        await host.Publisher.PublishAsync("order.paid", new { }); // Kept as skipped from the start.
        Assert.Equal(0, await CountAsync(host));

        await host.Endpoints.TrySetStatusAsync(endpoint.Id, WebhookEndpointStatus.Active);
        await host.Recovery.TryRecoverAsync(
            endpoint.Id, new WebhookRecoveryRequest { Since = TimeProvider.System.GetUtcNow().AddHours(-1), Statuses = [DeliveryStatus.Skipped] });

        await host.ArrivalAsync(sink, 2);
        await EmptyAsync(host);
    }

    private static Task<WebhookHost> StartAsync(string database, bool works = true) => WebhookHost.StartAsync(
        database,
        settings =>
        {
            settings["Jamail:Webhooks:RetrySchedule:0"] = "01:00:00";
            settings["Jamail:Webhooks:Timeout"] = "00:00:30";
        },
        works: works);

    private static Task<CreatedWebhookEndpoint> CreateAsync(WebhookHost host) =>
        host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/" });

    private static Task<PublishedEvent> PublishAsync(WebhookHost host) => host.Publisher.PublishAsync("order.paid", new { });

    private static async Task<WebhookDelivery> OnlyAsync(WebhookHost host, string eventId) =>
        Assert.Single((await host.History.TryListAsync(new DeliveryQuery { EventId = eventId }))!.Items);

    private static Task<int> CountAsync(WebhookHost host) => host.ScalarAsync<int>("select count(*) from {t}webhook_job");

    private static Task<int> EmptyAsync(WebhookHost host) => Eventually.Equal(0, () => CountAsync(host), "the number of jobs in the table");
}
