using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class HistoryTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_attempt_keeps_both_heads_and_bodies_bounded_and_without_secrets(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(
            500, new string('x', 5000), ("set-cookie", "s3cret"), ("x-trace", "t1")));
        await using var host = await WebhookHost.StartAsync(database);
        await host.EventTypes.PutAsync(new WebhookEventType { Name = "order.paid", Redact = ["/customers/*/email"] });
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Endpoints.TrySetHeadersAsync(
            endpoint.Id, new Dictionary<string, string?> { ["authorization"] = "Bearer s3cret", ["x-env"] = "test" });

        await host.Publisher.PublishAsync("order.paid", new { Customers = new[] { new { Email = "anna@example.com", Name = "Anna" } } });

        var request = (await host.ArrivalAsync(sink, 1))[0];
        Assert.Equal(("Bearer s3cret", "test"), (request.Header("authorization"), request.Header("x-env")));
        Assert.Contains("anna@example.com", request.Text, StringComparison.Ordinal);
        var delivery = await host.DeliveryAsync(endpoint.Id, found => found.Attempts.Count > 0, "an attempt");
        var found = (await host.History.TryGetAttemptAsync(delivery.Attempts[0].Id))!;
        Assert.Equal("""{"customers":[{"email":"***","name":"Anna"}]}""", found.RequestBody);
        Assert.Equal(("***", "test"), (found.Attempt.RequestHeaders["authorization"], found.Attempt.RequestHeaders["x-env"]));
        Assert.StartsWith("v1,", found.Attempt.RequestHeaders["webhook-signature"], StringComparison.Ordinal);
        Assert.Equal(("***", "t1"), (found.Attempt.ResponseHeaders["set-cookie"], found.Attempt.ResponseHeaders["x-trace"]));
        Assert.Equal((4096, true), (found.Attempt.ResponseBody!.Length, found.Attempt.IsResponseTruncated));
        Assert.InRange(found.Attempt.FirstByteMs!.Value, 0, found.Attempt.DurationMs);
        Assert.Equal(("schedule", "http_status", sink.Url), (found.Attempt.Origin, found.Attempt.ErrorClass, found.Attempt.Url));
        Assert.Equal("***", (await host.Endpoints.TryGetHeadersAsync(endpoint.Id))!["authorization"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Deliveries_are_found_by_status_code_type_time_and_event_and_summed_up(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(404), SinkReply.Ok, SinkReply.Ok);
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:RetrySchedule:0"] = "01:00:00");
        var (endpoint, _) = await host.CreateAsync(sink);
        var failed = await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);
        await host.Publisher.PublishAsync("order.sent", new { }, new PublishOptions { Tags = ["blue_1"] });
        await host.Publisher.PublishAsync("order.sent", new { });
        await Eventually.Equal(2, () => CountAsync(new() { Status = DeliveryStatus.Succeeded }), "the number of successes");

        Assert.Equal(1, await CountAsync(new() { Status = DeliveryStatus.Retrying }));
        Assert.Equal(1, await CountAsync(new() { CodeClass = 4 }));
        Assert.Equal(2, await CountAsync(new() { EventType = "order.sent" }));
        Assert.Equal(1, await CountAsync(new() { EventId = failed.Id }));
        Assert.Equal(3, await CountAsync(new() { Since = TimeProvider.System.GetUtcNow().AddMinutes(-5) }));
        Assert.Equal(0, await CountAsync(new() { Until = TimeProvider.System.GetUtcNow().AddMinutes(-5) }));
        var stats = (await host.History.TryGetStatsAsync(endpoint.Id, TimeProvider.System.GetUtcNow().AddHours(-1)))!;
        Assert.Equal((3, 2), (stats.Attempts, stats.Successes));
        Assert.Equal(2.0 / 3, stats.SuccessRate!.Value, 3);
        Assert.Equal((2, 1), (stats.Deliveries[DeliveryStatus.Succeeded], stats.Deliveries[DeliveryStatus.Retrying]));
        Assert.NotNull(stats.NextAttemptAt);
        Assert.NotNull(stats.P95Ms);
        Assert.Single((await host.Events.ListAsync(new() { Tag = "blue_1" })).Items);
        Assert.Empty((await host.Events.ListAsync(new() { Tag = "blue%1" })).Items);

        async Task<int> CountAsync(DeliveryQuery query) =>
            (await host.History.TryListAsync(query with { WebhookId = endpoint.Id }))!.Items.Count;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_belongs_to_a_tenant_is_not_there_for_another(string database)
    {
        const string Other = "another";
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = sink.Url, Uid = "main" });
        var published = await host.Publisher.PublishAsync("order.paid", new { });
        var delivery = await host.DeliveryAsync("main", DeliveryStatus.Succeeded);
        var request = new WebhookRecoveryRequest { Since = TimeProvider.System.GetUtcNow().AddHours(-1), Until = TimeProvider.System.GetUtcNow() };
        var task = (await host.Recovery.TryRecoverAsync(endpoint.Id, request))!;

        foreach (var id in (string[])[endpoint.Id, "main", $"whe_{endpoint.Id}"])
        {
            Assert.Null(await host.Endpoints.TryGetAsync(id, Other));
            Assert.Null(await host.Endpoints.TryUpdateAsync(id, new WebhookEndpointChange { Description = "x" }, Other));
            Assert.Null(await host.Endpoints.TrySetStatusAsync(id, WebhookEndpointStatus.Paused, Other));
            Assert.Null(await host.Endpoints.TryGetHeadersAsync(id, Other));
            Assert.False(await host.Endpoints.TrySetHeadersAsync(id, new Dictionary<string, string?>(), tenant: Other));
            Assert.Null(await host.Endpoints.TrySendTestAsync(id, tenant: Other));
            Assert.False(await host.Endpoints.TryDeleteAsync(id, Other));
            Assert.Null(await host.History.TryListAsync(id, tenant: Other));
            Assert.Null(await host.History.TryGetStatsAsync(id, request.Since, Other));
            Assert.Null(await host.Recovery.TryRecoverAsync(id, request, Other));
            Assert.Null(await host.Recovery.TryReplayMissingAsync(id, request, Other));
            Assert.NotNull(await host.Endpoints.TryGetAsync(id));
        }

        Assert.Null(await host.History.TryGetAsync(delivery.Id, Other));
        Assert.Null(await host.History.TryGetAttemptAsync(delivery.Attempts[0].Id, Other));
        Assert.Equal(ResendResult.NotFound, await host.History.ResendAsync(delivery.Id, Other));
        Assert.Equal(CancelResult.NotFound, await host.History.CancelAsync(delivery.Id, Other));
        Assert.Empty((await host.History.TryListAsync(new DeliveryQuery(), Other))!.Items);
        Assert.Null(await host.Events.TryGetAsync(published.Id, Other));
        Assert.False(await host.Events.TryExpungeAsync(published.Id, Other));
        Assert.Empty((await host.Events.ListAsync(new WebhookEventQuery(), Other)).Items);
        Assert.Null(await host.Recovery.TryGetTaskAsync(task.Id!, Other));
        Assert.NotNull(await host.Recovery.TryGetTaskAsync(task.Id!));
        Assert.NotNull((await host.Events.TryGetAsync(published.Id))!.Payload);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_removed_payload_is_gone_and_cannot_be_sent(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500, "echo c4n4ry"));
        await using var host = await WebhookHost.StartAsync(
            database, settings => settings["Jamail:Webhooks:RetrySchedule:0"] = "01:00:00");
        var (endpoint, _) = await host.CreateAsync(sink);
        var published = await host.Publisher.PublishAsync("order.paid", new { Canary = "c4n4ry" });
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);

        Assert.True(await host.Events.TryExpungeAsync(published.Id));

        var left = (await host.Events.TryGetAsync(published.Id))!;
        Assert.Equal((null, true), (left.Payload, left.IsExpunged));
        var after = (await host.History.TryGetAsync(delivery.Id))!;
        Assert.Equal((DeliveryStatus.Cancelled, null), (after.Status, after.Attempts[0].ResponseBody));
        Assert.Equal(ResendResult.PayloadGone, await host.History.ResendAsync(delivery.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_payload_is_removed_once_every_endpoint_has_it_where_the_host_wants_it(string database)
    {
        var well = new TaskCompletionSource();
        await using var first = WebhookSink.Start();
        await using var second = WebhookSink.Start(SinkReply.After(well.Task, SinkReply.Ok));
        await using var host = await WebhookHost.StartAsync(database, settings =>
        {
            settings["Jamail:Webhooks:DeletePayloadOnSuccess"] = "true";
            settings["Jamail:Webhooks:Timeout"] = "00:00:30";
        });
        var (endpoint, _) = await host.CreateAsync(first);
        var (slow, _) = await host.CreateAsync(second);
        var published = await host.Publisher.PublishAsync("order.paid", new { n = 1 });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.False((await host.Events.TryGetAsync(published.Id))!.IsExpunged);

        well.SetResult();
        await host.DeliveryAsync(slow.Id, DeliveryStatus.Succeeded);

        var left = (await host.Events.TryGetAsync(published.Id))!;
        Assert.Equal((null, true), (left.Payload, left.IsExpunged));
        var both = await Task.WhenAll(Enumerable.Range(2, 20).Select(n => host.Publisher.PublishAsync("order.paid", new { n })));
        await host.ArrivalAsync(second, 21);
        foreach (var one in both)
        {
            await Eventually.Satisfies(async () => (await host.Events.TryGetAsync(one.Id))!, it => it.IsExpunged, "its payload to be removed");
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_payload_that_an_endpoint_did_not_get_is_kept_until_it_has_it(string database)
    {
        await using var first = WebhookSink.Start(SinkReply.Status(500, headers: ("webhook-delivery", "abort-message")));
        await using var second = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:DeletePayloadOnSuccess"] = "true");
        var (failed, _) = await host.CreateAsync(first, "order.*");
        var (well, _) = await host.CreateAsync(second, "order.*");
        var published = await host.Publisher.PublishAsync("order.paid", new { });
        var id = (await host.DeliveryAsync(failed.Id, DeliveryStatus.Exhausted)).Id;
        await host.DeliveryAsync(well.Id, DeliveryStatus.Succeeded);
        Assert.False((await host.Events.TryGetAsync(published.Id))!.IsExpunged);

        Assert.Equal(ResendResult.Accepted, await host.History.ResendAsync(id));

        await Eventually.Satisfies(async () => (await host.Events.TryGetAsync(published.Id))!, it => it.IsExpunged, "its payload to be removed");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_order_that_nobody_joined_for_long_is_forgotten_once_nothing_of_it_waits(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:SweepInterval"] = "00:10:00");
        var (endpoint, _) = await host.CreateAsync(sink, new WebhookEndpointSettings { Ordering = WebhookOrdering.Endpoint });
        await host.Inspector.PauseAsync();
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.ExecuteAsync("update {t}webhook_lane set joined_at = 0");

        await host.Get<Retention>().RemoveAsync(default);
        Assert.Equal(1, await LanesAsync());
        await host.Inspector.ResumeAsync();
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        await host.Get<Retention>().RemoveAsync(default);
        Assert.Equal(0, await LanesAsync());

        Task<int> LanesAsync() => host.ScalarAsync<int>("select count(*) from {t}webhook_lane");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_past_its_time_is_removed_and_what_still_waits_is_kept(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Ok, SinkReply.Status(500));
        await using var host = await WebhookHost.StartAsync(database, settings =>
        {
            settings["Jamail:Webhooks:RetrySchedule:0"] = "01:00:00";
            settings["Jamail:Webhooks:SweepInterval"] = "00:10:00";
        });
        var (endpoint, _) = await host.CreateAsync(sink);
        var done = await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        var open = await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Retrying);
        await AgeAsync(host, TimeSpan.FromDays(31));

        await host.Get<Retention>().RemoveAsync(default);

        Assert.True((await host.Events.TryGetAsync(done.Id))!.IsExpunged);
        Assert.False((await host.Events.TryGetAsync(open.Id))!.IsExpunged);
        Assert.All((await host.History.TryListAsync(endpoint.Id))!.Items, delivery => Assert.Empty(delivery.Attempts));

        await AgeAsync(host, TimeSpan.FromDays(60));
        await host.Get<Retention>().RemoveAsync(default);

        Assert.Null(await host.Events.TryGetAsync(done.Id));
        Assert.NotNull((await host.Events.TryGetAsync(open.Id))!.Payload);
        Assert.Equal(DeliveryStatus.Retrying, Assert.Single((await host.History.TryListAsync(endpoint.Id))!.Items).Status);
    }

    private static async Task AgeAsync(WebhookHost host, TimeSpan by)
    {
        var parameters = new { ms = (long)by.TotalMilliseconds };
        await host.ExecuteAsync("update {t}webhook_event set created_at = created_at - @ms, payload_expires_at = payload_expires_at - @ms", parameters);
        await host.ExecuteAsync("update {t}webhook_delivery set created_at = created_at - @ms", parameters);
        await host.ExecuteAsync("update {t}webhook_attempt set started_at = started_at - @ms", parameters);
    }
}
