using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class EndpointTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_endpoint_is_created_read_changed_listed_and_deleted(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        var created = await host.Endpoints.CreateAsync(
            new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/a", Events = ["order.*", "order.*"], Description = "shop" });

        var read = await host.Endpoints.TryGetAsync($"whe_{created.Endpoint.Id}");
        Assert.Equivalent(created.Endpoint, read, strict: true);
        Assert.Equal(["order.*"], read!.Events);
        Assert.Equal(WebhookEndpointStatus.Active, read.Status);
        Assert.StartsWith("whsec_", created.Secret.Reveal(), StringComparison.Ordinal);

        var changed = await host.Endpoints.TryUpdateAsync(
            read.Id, new WebhookEndpointChange { Url = "http://127.0.0.1:9000/b", Events = [] });
        Assert.Equal(("http://127.0.0.1:9000/b", "shop", "*"), (changed!.Url, changed.Description, changed.Events.Single()));

        Assert.Equal(changed.Url, Assert.Single((await host.Endpoints.ListAsync()).Items).Url);
        Assert.True(await host.Endpoints.TryDeleteAsync(read.Id));
        Assert.False(await host.Endpoints.TryDeleteAsync(read.Id));
        Assert.Null(await host.Endpoints.TryGetAsync(read.Id));
        Assert.Empty((await host.Endpoints.ListAsync()).Items);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_endpoint_shows_that_it_is_there_before_it_is_created(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        await using var sink = WebhookSink.Start(SinkReply.Ok, SinkReply.Status(500, "internal secret"), SinkReply.Status(200, "hello"));
        var ping = new NewWebhookEndpoint { Url = sink.Url, Verify = WebhookProof.Ping };

        var created = await host.Endpoints.CreateAsync(ping);
        var request = Assert.Single(sink.Received);
        Assert.Equal(
            WebhookVerification.Genuine,
            WebhookSignature.Verify(
                request.Body,
                request.Header("webhook-id"),
                request.Header("webhook-timestamp"),
                request.Header("webhook-signature"),
                [created.Secret],
                TimeProvider.System.GetUtcNow()));
        Assert.Contains("webhook.ping", request.Text, StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Endpoints.CreateAsync(ping));
        Assert.Equal("verify", Assert.Single(refused.Problems).Field);
        Assert.Contains("500", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("internal secret", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidInputException>(() => host.Endpoints.CreateAsync(ping with { Verify = WebhookProof.Echo }));
        Assert.Single((await host.Endpoints.ListAsync()).Items);

        sink.Answer = challenge => SinkReply.Status(
            200, System.Text.Json.JsonElement.Parse(challenge.Body).GetProperty("data").GetProperty("challenge").GetString()!);
        await host.Endpoints.CreateAsync(ping with { Verify = WebhookProof.Echo });
        Assert.Equal(2, (await host.Endpoints.ListAsync()).Items.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_tenant_never_sees_anothers_endpoint(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/" }, "one");

        Assert.Null(await host.Endpoints.TryGetAsync(endpoint.Id, "two"));
        Assert.Null(await host.Endpoints.TryUpdateAsync(endpoint.Id, new WebhookEndpointChange(), "two"));
        Assert.False(await host.Endpoints.TryDeleteAsync(endpoint.Id, "two"));
        Assert.Null(await host.Endpoints.TrySendTestAsync(endpoint.Id, null, "two"));
        Assert.Null(await host.History.TryListAsync(endpoint.Id, tenant: "two"));
        Assert.Empty((await host.Endpoints.ListAsync(tenant: "two")).Items);
        Assert.NotNull(await host.Endpoints.TryGetAsync(endpoint.Id, "one"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lists_are_read_page_by_page_without_gaps_or_repeats(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        var made = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            made.Add((await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = $"http://127.0.0.1:9000/{i}" })).Endpoint.Id);
        }

        var read = new List<string>();
        string? cursor = null;
        do
        {
            var page = await host.Endpoints.ListAsync(cursor, 3);
            Assert.InRange(page.Items.Count, 1, 3);
            read.AddRange(page.Items.Select(endpoint => endpoint.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(made.Order(), read.Order());
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => host.Endpoints.ListAsync("nonsense", 0));
        Assert.Equal(["pageSize", "cursor"], refusal.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_an_endpoint_is_said_at_once()
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => host.Endpoints.CreateAsync(new NewWebhookEndpoint
        {
            Url = "https://user:c4n4ry@hooks.example.com/",
            Events = ["order.paid", "order paid", "*.paid"],
            Secret = "short",
            Description = new string('x', 501),
        }));

        Assert.Equal(
            ["url", "events[1]", "events[2]", "secret", "description"], refusal.Problems.Select(problem => problem.Field));
        Assert.DoesNotContain("c4n4ry", refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await host.Endpoints.ListAsync()).Items);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://metadata.google.internal/")]
    public async Task A_url_that_leads_to_a_denied_address_is_refused(string url)
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite);

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = url }));

        Assert.Equal("url", Assert.Single(refusal.Problems).Field);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_test_is_signed_like_an_event_and_tells_what_was_answered(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(202, "fine"), SinkReply.Status(500, "oh"), SinkReply.Silence);
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Timeout"] = "00:00:02");
        var (endpoint, secret) = await host.CreateAsync(sink);

        var good = await host.Endpoints.TrySendTestAsync(endpoint.Id);
        var bad = await host.Endpoints.TrySendTestAsync(endpoint.Id, "order.paid");
        var none = await host.Endpoints.TrySendTestAsync(endpoint.Id);

        Assert.Equal((true, 202, "fine"), (good!.Succeeded, good.StatusCode, good.ResponseBody));
        Assert.Equal((false, 500, "oh"), (bad!.Succeeded, bad.StatusCode, bad.ResponseBody));
        Assert.Equal((false, null), (none!.Succeeded, none.StatusCode));
        var request = sink.Received[1];
        Assert.Contains("\"type\":\"order.paid\"", request.Text, StringComparison.Ordinal);
        Assert.Equal(
            WebhookVerification.Genuine,
            WebhookSignature.Verify(
                request.Body,
                request.Header("webhook-id"),
                request.Header("webhook-timestamp"),
                request.Header("webhook-signature"),
                [secret],
                TimeProvider.System.GetUtcNow()));
        Assert.Empty((await host.History.TryListAsync(endpoint.Id))!.Items);
        await Assert.ThrowsAsync<InvalidInputException>(() => host.Endpoints.TrySendTestAsync(endpoint.Id, "no type"));
    }

    [Fact]
    public async Task A_test_to_a_name_that_came_to_lead_to_a_denied_address_is_not_sent()
    {
        await using var sink = WebhookSink.Start();
        var names = new Dictionary<string, System.Net.IPAddress[]> { ["rebound.example.com"] = [System.Net.IPAddress.Parse("8.8.8.8")] };
        await using var host = await WebhookHost.StartAsync(
            Integration.Databases.Sqlite,
            settings => settings["Jamail:Webhooks:AllowedNetworks:0"] = "10.255.0.0/16",
            resolver: new FixedResolver(names));
        var (endpoint, _) = await host.Endpoints.CreateAsync(
            new NewWebhookEndpoint { Url = $"https://rebound.example.com:{sink.Port}/" });
        names["rebound.example.com"] = [System.Net.IPAddress.Loopback];

        var result = await host.Endpoints.TrySendTestAsync(endpoint.Id);

        Assert.Contains("AllowedNetworks", result!.Error, StringComparison.Ordinal);
        Assert.Equal(0, sink.Connections);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_waits_for_a_deleted_endpoint_is_discarded(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500));
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:RetrySchedule:0"] = "00:00:01");
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);

        await host.Endpoints.TryDeleteAsync(endpoint.Id);

        Assert.Equal(DeliveryStatus.Discarded, (await host.History.TryGetAsync(delivery.Id))!.Status);
        Assert.Equal(ResendResult.EndpointDeleted, await host.History.ResendAsync(delivery.Id));
        Assert.Single(sink.Received);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_delivery_whose_endpoint_is_deleted_while_it_is_read_is_not_sent_and_does_not_fail(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Inspector.PauseAsync();
        await host.Publisher.PublishAsync("order.paid", new { });
        var id = (await host.History.TryListAsync(endpoint.Id))!.Items[0].Id;
        await Eventually.Equal(1L, async () => (await host.Inspector.GetCountsAsync()).Waiting, "jobs that carry the secret");

        // What a worker can see that reads the delivery before the deletion and the secrets after it.
        await host.ExecuteAsync("delete from {t}webhook_secret");
        await host.Inspector.ResumeAsync();
        await Eventually.Satisfies(
            async () => (Counts: await host.Inspector.GetCountsAsync(), Job: await host.Inspector.TryGetJobAsync(JobId.Parse($"whd-{id}"))),
            found => found.Counts is { Waiting: 0, Active: 0, Delayed: 1 },
            "the delivery to be looked at again later");
        Assert.Null((await host.Inspector.TryGetJobAsync(JobId.Parse($"whd-{id}")))!.FailedReason);
        await host.Endpoints.TryDeleteAsync(endpoint.Id);

        await Eventually.Satisfies(
            () => host.Inspector.GetCountsAsync(), counts => counts is { Waiting: 0, Active: 0, Delayed: 0, Failed: 0 }, "the job to end");
        Assert.Equal(DeliveryStatus.Discarded, (await host.History.TryGetAsync(id))!.Status);
        Assert.Empty(sink.Received);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Secrets_are_not_readable_in_the_database(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);

        await host.Endpoints.CreateAsync(
            new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/", Secret = "canary-c4n4ry-c4n4ry" });

        var column = await host.ScalarAsync<byte[]>("select key_enc from {t}webhook_secret");
        Assert.DoesNotContain("c4n4ry", System.Text.Encoding.Latin1.GetString(column!), StringComparison.Ordinal);
    }
}
