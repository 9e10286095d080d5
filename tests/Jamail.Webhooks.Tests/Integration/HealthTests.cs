using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class HealthTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_endpoint_that_fails_for_long_is_disabled_with_notices_and_what_it_misses_is_kept(string database)
    {
        var told = new Notices();
        await using var failing = WebhookSink.Start();
        failing.Answer = _ => SinkReply.Status(500, "no");
        await using var watcher = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            database,
            settings =>
            {
                settings["Jamail:Webhooks:DisableAfter"] = "00:00:06";
                settings["Jamail:Webhooks:CircuitFailures"] = "1000";
                for (var wait = 0; wait < 30; wait++)
                {
                    settings[$"Jamail:Webhooks:RetrySchedule:{wait}"] = "00:00:00.250";
                }
            },
            services: services => services.AddSingleton<IEndpointNotice>(told));
        var (endpoint, _) = await host.CreateAsync(failing, new WebhookEndpointSettings { OwnerEmail = "owner@example.com" }, "order.*");
        await host.CreateAsync(watcher, "webhook.*");

        await host.Publisher.PublishAsync("order.paid", new { });

        await Eventually.Equal(
            WebhookEndpointStatus.Disabled, async () => (await host.Endpoints.TryGetAsync(endpoint.Id))!.Status, "the endpoint");
        Assert.Equal(EndpointNoticeKind.Disabled, told.All[^1].Kind);
        Assert.All(told.All.SkipLast(1), notice => Assert.Equal(EndpointNoticeKind.Failing, notice.Kind));
        Assert.InRange(told.All.Count, 2, 4);
        Assert.All(told.All, notice => Assert.Equal(("owner@example.com", endpoint.Id), (notice.OwnerEmail, notice.WebhookId)));
        Assert.Contains("500", told.All[0].Error, StringComparison.Ordinal);
        Assert.Contains("since", (await host.Endpoints.TryGetAsync(endpoint.Id))!.StatusReason, StringComparison.Ordinal);
        await Eventually.True(
            () => watcher.Received.Any(request => request.Text.Contains("\"disabledAt\":null", StringComparison.Ordinal))
                && watcher.Received.Count >= told.All.Count,
            "the tenant's other endpoint to be told");
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Skipped);

        Assert.Equal(0, (await host.Publisher.PublishAsync("order.paid", new { })).Deliveries);
        failing.Answer = _ => SinkReply.Ok;
        await host.Endpoints.TrySetStatusAsync(endpoint.Id, WebhookEndpointStatus.Active);
        var task = await host.Recovery.TryRecoverAsync(
            endpoint.Id, new WebhookRecoveryRequest { Since = TimeProvider.System.GetUtcNow().AddHours(-1) });
        Assert.Equal(2, task!.Total);
        await Eventually.True(
            async () => (await host.History.TryListAsync(endpoint.Id))!.Items.All(delivery => delivery.Status == DeliveryStatus.Succeeded),
            "what was missed to be delivered");
        Assert.Null((await host.Endpoints.TryGetAsync(endpoint.Id))!.FailingSince);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_endpoint_whose_address_may_not_be_called_says_so_once_and_until_a_request_succeeds(string database)
    {
        var told = new Notices();
        await using var sink = WebhookSink.Start();
        await using var watcher = WebhookSink.Start();
        var names = new Dictionary<string, IPAddress[]> { ["moving.example.com"] = [IPAddress.Loopback] };
        await using var host = await WebhookHost.StartAsync(
            database,
            settings => settings["Jamail:Webhooks:AllowedNetworks:0"] = "127.0.0.1/32",
            resolver: new FixedResolver(names),
            services: services => services.AddSingleton<IEndpointNotice>(told));
        var (endpoint, _) = await host.Endpoints.CreateAsync(
            new NewWebhookEndpoint { Url = $"http://moving.example.com:{sink.Port}/", Events = ["order.*"] });
        await host.CreateAsync(watcher, "webhook.endpoint.*");
        names["moving.example.com"] = [IPAddress.Parse("10.0.0.1")];

        foreach (var n in (int[])[1, 2])
        {
            await host.Publisher.PublishAsync("order.paid", new { n });
            await Eventually.Equal(
                n,
                async () => (await host.History.TryListAsync(new DeliveryQuery { WebhookId = endpoint.Id, Status = DeliveryStatus.Exhausted }))!.Items.Count,
                "the number of deliveries that were given up");
        }

        var refused = (await host.Endpoints.TryGetAsync(endpoint.Id))!;
        Assert.Equal(WebhookEndpointStatus.Active, refused.Status);
        Assert.NotNull(refused.RefusedSince);
        Assert.Null(refused.FailingSince);
        Assert.Equal(EndpointNoticeKind.Refused, Assert.Single(told.All).Kind);
        Assert.Contains("AllowedNetworks", told.All[0].Error, StringComparison.Ordinal);

        names["moving.example.com"] = [IPAddress.Loopback];
        await host.Recovery.TryRecoverAsync(endpoint.Id, new WebhookRecoveryRequest { Since = TimeProvider.System.GetUtcNow().AddHours(-1) });

        await host.ArrivalAsync(sink, 2);
        await Eventually.Satisfies(
            async () => (await host.Endpoints.TryGetAsync(endpoint.Id))!, one => one.RefusedSince is null, "the endpoint to be well");
        Assert.Equal([EndpointNoticeKind.Refused, EndpointNoticeKind.Recovered], told.All.Select(notice => notice.Kind).Distinct());
        await host.ArrivalAsync(watcher, 2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_changed_address_is_not_refused_until_it_is_tried(string database)
    {
        var names = new Dictionary<string, IPAddress[]>
        {
            ["moving.example.com"] = [IPAddress.Parse("8.8.8.8")], ["other.example.com"] = [IPAddress.Parse("8.8.8.8")],
        };
        await using var host = await WebhookHost.StartAsync(database, resolver: new FixedResolver(names));
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "https://moving.example.com/" });
        names["moving.example.com"] = [IPAddress.Parse("10.0.0.1")];
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);

        var described = await host.Endpoints.TryUpdateAsync(endpoint.Id, new WebhookEndpointChange { Description = "The same address." });
        Assert.NotNull(described!.RefusedSince);
        Assert.Null((await host.Endpoints.TrySetStatusAsync(endpoint.Id, WebhookEndpointStatus.Active))!.RefusedSince);
        await host.Publisher.PublishAsync("order.paid", new { });
        await Eventually.Satisfies(
            async () => (await host.Endpoints.TryGetAsync(endpoint.Id))!, one => one.RefusedSince is not null, "the address to be refused again");
        var moved = await host.Endpoints.TryUpdateAsync(endpoint.Id, new WebhookEndpointChange { Url = "https://other.example.com/" });
        Assert.Null(moved!.RefusedSince);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_refused_resend_of_a_person_tells_nothing_about_the_endpoint(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(200, headers: ("connection", "close"))); // The next request looks the name up again.
        var names = new Dictionary<string, IPAddress[]> { ["moving.example.com"] = [IPAddress.Loopback] };
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:AllowedNetworks:0"] = "127.0.0.1/32", resolver: new FixedResolver(names));
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = $"http://moving.example.com:{sink.Port}/" });
        await host.Publisher.PublishAsync("order.paid", new { });
        var id = (await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded)).Id;
        names["moving.example.com"] = [IPAddress.Parse("10.0.0.1")];

        await host.History.ResendAsync(id);

        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        Assert.Null((await host.Endpoints.TryGetAsync(endpoint.Id))!.RefusedSince);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_receiver_may_ask_in_its_answer_to_be_left_alone(string database)
    {
        await using var sink = WebhookSink.Start(
            SinkReply.Status(500, headers: ("webhook-delivery", "abort-message")),
            SinkReply.Status(503, headers: ("Webhook-Delivery", "disable")));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });
        var aborted = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        Assert.Single(aborted.Attempts);
        Assert.Equal(WebhookEndpointStatus.Active, (await host.Endpoints.TryGetAsync(endpoint.Id))!.Status);

        await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        await Eventually.Equal(
            WebhookEndpointStatus.Disabled, async () => (await host.Endpoints.TryGetAsync(endpoint.Id))!.Status, "the endpoint");
        Assert.Equal(2, sink.Received.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_person_sends_does_not_count(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Ok);
        sink.Answer = _ => SinkReply.Status(500);
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);

        await host.History.ResendAsync(delivery.Id);
        await host.Endpoints.TrySendTestAsync(endpoint.Id);

        delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        Assert.Equal(["schedule", "manual"], delivery.Attempts.Select(attempt => attempt.Origin));
        Assert.Null((await host.Endpoints.TryGetAsync(endpoint.Id))!.FailingSince);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_delivery_that_is_given_up_is_told_as_an_event_and_that_ends_there(string database)
    {
        await using var failing = WebhookSink.Start();
        failing.Answer = _ => SinkReply.Status(500);
        await using var watcher = WebhookSink.Start();
        watcher.Answer = _ => SinkReply.Status(500);
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(failing, "order.*");
        var (watching, _) = await host.CreateAsync(watcher, "*");

        var published = await host.Publisher.PublishAsync("order.paid", new { });

        await Eventually.True(
            async () => (await host.History.TryListAsync(watching.Id))!.Items is { Count: 2 } items
                && items.All(delivery => delivery.Status == DeliveryStatus.Exhausted),
            "the notice to be given up too, and nothing to follow from that");
        var notice = watcher.Received.First(request => request.Text.Contains(endpoint.Id, StringComparison.Ordinal)).Text;
        Assert.Contains(published.Id, notice, StringComparison.Ordinal);

        // One for each of the two endpoints that gave the order up, and none for the notice.
        Assert.Equal(2, (await host.Events.ListAsync(new WebhookEventQuery { Type = "webhook.delivery.exhausted" })).Items.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_delivery_that_arrives_at_its_fourth_attempt_is_told_and_one_at_its_third_is_not(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500), SinkReply.Status(500), SinkReply.Ok, SinkReply.Status(500), SinkReply.Status(500), SinkReply.Status(500));
        await using var watcher = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:RetrySchedule:2"] = "00:00:00.200");
        var (endpoint, _) = await host.CreateAsync(sink, "order.*");
        await host.CreateAsync(watcher, "webhook.*");

        await host.Publisher.PublishAsync("order.paid", new { n = 1 });
        await host.DeliveryAsync(endpoint.Id, found => found is { Status: DeliveryStatus.Succeeded, Attempts.Count: 3 }, "the third attempt to succeed");
        var late = await host.Publisher.PublishAsync("order.paid", new { n = 2 });

        var notice = Assert.Single(await host.ArrivalAsync(watcher, 1)).Text;
        Assert.Contains(late.Id, notice, StringComparison.Ordinal);
        Assert.Contains("\"attempts\":4", notice, StringComparison.Ordinal);
        Assert.Single((await host.Events.ListAsync(new WebhookEventQuery { Type = "webhook.delivery.recovered" })).Items);
    }

    private sealed class Notices : IEndpointNotice
    {
        private readonly ConcurrentQueue<EndpointNotice> _all = new();

        public IReadOnlyList<EndpointNotice> All => [.. _all];

        public Task WriteAsync(EndpointNotice notice, DbTransaction transaction, CancellationToken cancellationToken)
        {
            _all.Enqueue(notice);
            return Task.CompletedTask;
        }
    }
}
