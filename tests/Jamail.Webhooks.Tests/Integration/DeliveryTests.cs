using System.Net;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class DeliveryTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_event_arrives_signed_and_as_canonical_json(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, secret) = await host.CreateAsync(sink, "order.paid");

        var published = await host.Publisher.PublishAsync(
            "order.paid", new RawJson("""{ "b": 1.0, "2": "é\u003c", "a": [1e2], "b": 2 }"""u8.ToArray()));

        Assert.Equal(1, published.Deliveries);
        var request = Assert.Single(await sink.WaitAsync(1));
        Assert.Equal("""{"2":"é<","b":2,"a":[100]}""", request.Text);
        Assert.Equal($"msg_{published.Id}", request.Header("webhook-id"));
        Assert.StartsWith("Jamail-Webhooks/", request.Header("user-agent"), StringComparison.Ordinal);
        Assert.Equal(
            WebhookVerification.Genuine,
            WebhookSignature.Verify(
                request.Body,
                request.Header("webhook-id"),
                request.Header("webhook-timestamp"),
                request.Header("webhook-signature"),
                [secret],
                TimeProvider.System.GetUtcNow()));
        Assert.Equal(
            WebhookVerification.Genuine,
            WebhookSignature.VerifyHex(request.Body, request.Header("x-jamail-signature"), [secret]));

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Equal("order.paid", delivery.Event);
        Assert.Equal(published.Id, delivery.EventId);
        Assert.Null(delivery.NextAttemptAt);
        Assert.NotNull(delivery.CompletedAt);
        var attempt = Assert.Single(delivery.Attempts);
        Assert.Equal((1, 200, null), (attempt.Number, attempt.StatusCode, attempt.Error));
        Assert.InRange(attempt.At, delivery.CreatedAt.AddSeconds(-1), delivery.CompletedAt!.Value.AddSeconds(1));
        Assert.True(attempt.DurationMs >= 0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task After_a_500_the_same_bytes_are_sent_again(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500, "no"));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { Total = 19.99 });

        var requests = await sink.WaitAsync(2);
        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.Equal(requests[0].Header("webhook-id"), requests[1].Header("webhook-id"));
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Equal([500, 200], delivery.Attempts.Select(attempt => attempt.StatusCode!.Value));
        Assert.Equal("no", delivery.Attempts[0].ResponseBody);
        Assert.Contains("500", delivery.Attempts[0].Error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_failed_attempt_says_when_the_next_one_is_due(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(503));
        await using var host = await WebhookHost.StartAsync(database, settings =>
        {
            settings.Remove("Jamail:Webhooks:RetrySchedule:0");
            settings.Remove("Jamail:Webhooks:RetrySchedule:1");
        });
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);
        Assert.InRange(
            delivery.NextAttemptAt!.Value - delivery.Attempts[0].At, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(75));
        var job = await Eventually.Satisfies(
            () => host.Inspector.TryGetJobAsync(JobId.Parse($"whd-{delivery.Id}")),
            found => found?.State == JobState.Delayed,
            "the job to wait");
        Assert.Contains("\"waits\":[60000,300000,900000]", job!.Options.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"attempts\":4", job.Options, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_redirect_is_a_failed_attempt_and_nothing_is_dialled(string database)
    {
        await using var target = WebhookSink.Start();
        await using var sink = WebhookSink.Start(SinkReply.Status(301, headers: ("location", target.Url)));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Equal([301, 200], delivery.Attempts.Select(attempt => attempt.StatusCode!.Value));
        Assert.Contains(target.Url, delivery.Attempts[0].Error, StringComparison.Ordinal);
        Assert.Equal(0, target.Connections);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task After_410_nothing_more_is_sent(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(410));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        Assert.Equal(410, Assert.Single(delivery.Attempts).StatusCode);
        Assert.Equal(WebhookEndpointStatus.Gone, (await host.Endpoints.TryGetAsync(endpoint.Id))!.Status);
        Assert.Equal(0, (await host.Publisher.PublishAsync("order.paid", new { })).Deliveries);
        Assert.Single(sink.Received);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task When_all_attempts_have_failed_the_delivery_is_exhausted(string database)
    {
        await using var sink = WebhookSink.Start();
        sink.Answer = _ => SinkReply.Status(500);
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        Assert.Equal([1, 2, 3], delivery.Attempts.Select(attempt => attempt.Number));
        Assert.Null(delivery.NextAttemptAt);
        Assert.Equal(JobState.Failed, await JobStateAsync(host, delivery.Id, JobState.Failed));
        Assert.Equal(3, sink.Received.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Silence_a_drip_and_a_gigabyte_take_no_more_than_their_bounds(string database)
    {
        await using var sink = WebhookSink.Start(
            SinkReply.Silence, SinkReply.Drip(TimeSpan.FromMilliseconds(50)), SinkReply.Huge(1L << 30));
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Timeout"] = "00:00:02");
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });

        var attempts = (await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded)).Attempts;
        Assert.Equal([null, 200, 200], attempts.Select(attempt => attempt.StatusCode));
        Assert.Contains("No answer within 2 s", attempts[0].Error, StringComparison.Ordinal);
        Assert.Contains("did not end within 2 s", attempts[1].Error, StringComparison.Ordinal);
        Assert.Null(attempts[2].Error);
        Assert.Equal(4096, attempts[2].ResponseBody!.Length);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_name_that_comes_to_lead_to_a_denied_address_is_not_called(string database)
    {
        await using var sink = WebhookSink.Start();
        var names = new Dictionary<string, IPAddress[]> { ["rebound.example.com"] = [IPAddress.Parse("8.8.8.8")] };
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:AllowedNetworks:0"] = "10.255.0.0/16", resolver: new FixedResolver(names));
        var (endpoint, _) = await host.Endpoints.CreateAsync(
            new NewWebhookEndpoint { Url = $"https://rebound.example.com:{sink.Port}/" });
        names["rebound.example.com"] = [IPAddress.Loopback];

        await host.Publisher.PublishAsync("order.paid", new { });

        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        Assert.Contains("AllowedNetworks", Assert.Single(delivery.Attempts).Error, StringComparison.Ordinal);
        Assert.Equal(0, sink.Connections);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_changed_address_and_secret_reach_deliveries_that_wait(string database)
    {
        await using var old = WebhookSink.Start(SinkReply.Status(500));
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:RetrySchedule:0"] = "00:00:02");
        var (endpoint, _) = await host.CreateAsync(old);

        await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);
        await host.Endpoints.TryUpdateAsync(
            endpoint.Id, new WebhookEndpointChange { Url = sink.Url, Secret = "a secret of my own choice" });

        var request = Assert.Single(await sink.WaitAsync(1));
        Assert.Equal(
            WebhookVerification.Genuine,
            WebhookSignature.VerifyHex(
                request.Body, request.Header("x-jamail-signature"), [WebhookSecret.Parse("a secret of my own choice")]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_resent_delivery_keeps_its_id_and_body(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { N = 1 });
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);

        Assert.Equal(ResendResult.Accepted, await host.History.ResendAsync(delivery.Id));

        var requests = await sink.WaitAsync(2);
        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.Equal(requests[0].Header("webhook-id"), requests[1].Header("webhook-id"));
        delivery = await host.DeliveryAsync(
            endpoint.Id,
            found => found is { Attempts.Count: 2, Status: DeliveryStatus.Succeeded },
            "a second attempt that succeeded");
        Assert.Equal([1, 2], delivery.Attempts.Select(attempt => attempt.Number));
        Assert.Equal(ResendResult.NotFound, await host.History.ResendAsync(Guid.NewGuid().ToString()));
        Assert.Equal(ResendResult.NotFound, await host.History.ResendAsync(delivery.Id, "another tenant"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_resend_that_fails_is_one_attempt_and_no_more(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Ok, SinkReply.Status(500));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);

        await host.History.ResendAsync(delivery.Id);

        delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        Assert.Equal([200, 500], delivery.Attempts.Select(attempt => attempt.StatusCode!.Value));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Resending_what_waits_for_its_next_attempt_makes_that_one_now(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500));
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:RetrySchedule:0"] = "01:00:00");
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);
        await JobStateAsync(host, delivery.Id, JobState.Delayed);

        Assert.Equal(ResendResult.Accepted, await host.History.ResendAsync(delivery.Id));

        delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Equal(2, delivery.Attempts.Count);
    }

    private static Task<JobState> JobStateAsync(WebhookHost host, string delivery, JobState expected) =>
        Eventually.Equal(expected, () => host.Inspector.GetStateAsync(JobId.Parse($"whd-{delivery}")), "state of the job");
}
