using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class TestSendTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_test_send_is_kept_as_an_attempt_that_its_tenant_can_read(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(500, "oh", ("set-cookie", "s3cret"), ("x-trace", "t1")), SinkReply.Ok);
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Endpoints.TrySetHeadersAsync(endpoint.Id, new Dictionary<string, string?> { ["authorization"] = "Bearer s3cret" });

        var bad = (await host.Endpoints.TrySendTestAsync(endpoint.Id, "order.paid"))!;
        var good = (await host.Endpoints.TrySendTestAsync(endpoint.Id))!;

        var (attempt, body) = (await host.History.TryGetAttemptAsync($"wha_{bad.AttemptId}"))!;
        Assert.Equal(("test", null, 1, sink.Url), (attempt.Origin, attempt.DeliveryId, attempt.Number, attempt.Url));
        Assert.Equal((500, "http_status", bad.Error, "oh"), (attempt.StatusCode, attempt.ErrorClass, attempt.Error, attempt.ResponseBody));
        Assert.Equal((bad.DurationMs, "127.0.0.1", null), (attempt.DurationMs, attempt.RemoteIp, body));
        Assert.Equal(sink.Received[0].Header("webhook-id"), attempt.RequestHeaders["webhook-id"]);
        Assert.Equal("***", attempt.RequestHeaders["authorization"]);
        Assert.Equal(("***", "t1"), (attempt.ResponseHeaders["set-cookie"], attempt.ResponseHeaders["x-trace"]));
        var second = (await host.History.TryGetAttemptAsync(good.AttemptId!))!.Attempt;
        Assert.Equal(("test", 200, null), (second.Origin, second.StatusCode, second.Error));
        Assert.Null(await host.History.TryGetAttemptAsync(bad.AttemptId!, "another"));
        Assert.Empty((await host.History.TryListAsync(endpoint.Id))!.Items);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_attempts_of_an_endpoint_are_listed_with_its_test_sends_and_by_origin(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(404), SinkReply.Ok, SinkReply.Ok, SinkReply.Status(500));
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/", Events = ["another"] });
        var first = (await host.Endpoints.TrySendTestAsync(endpoint.Id))!.AttemptId!;
        var event1 = await host.Publisher.PublishAsync("order.paid", new { });
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Equal(event1.Id, delivery.EventId);
        await host.History.ResendAsync(delivery.Id);
        delivery = await host.DeliveryAsync(
            endpoint.Id, found => found is { Status: DeliveryStatus.Succeeded, Attempts.Count: 2 }, "the resend to succeed");
        var last = (await host.Endpoints.TrySendTestAsync(endpoint.Id))!.AttemptId!;
        string[] all = [last, delivery.Attempts[1].Id, delivery.Attempts[0].Id, first];

        Assert.Equal(all, await ListAsync(new() { WebhookId = endpoint.Id }));
        Assert.Equal(all, await ListAsync(new() { WebhookId = endpoint.Id, PageSize = 1 }));
        Assert.Equal([last, first], await ListAsync(new() { WebhookId = endpoint.Id, Origin = "test", PageSize = 1 }));
        Assert.Equal([delivery.Attempts[1].Id], await ListAsync(new() { WebhookId = endpoint.Id, Origin = "manual" }));
        Assert.Equal([first], await ListAsync(new() { WebhookId = endpoint.Id, CodeClass = 4 }));
        Assert.Equal([first], await ListAsync(new() { WebhookId = endpoint.Id, Until = delivery.Attempts[0].At }));
        Assert.Equal([last], await ListAsync(new() { WebhookId = endpoint.Id, Since = delivery.Attempts[1].At.AddMilliseconds(1) }));
        Assert.Null(await host.History.TryListAttemptsAsync(new() { WebhookId = endpoint.Id }, "another"));
        await RefusedAsync("origin", new() { WebhookId = endpoint.Id, Origin = "person" });
        await RefusedAsync("code", new() { WebhookId = endpoint.Id, CodeClass = 6 });
        await host.Endpoints.TryDeleteAsync(endpoint.Id);
        Assert.Equal(all, await ListAsync(new() { WebhookId = endpoint.Id }));

        async Task<List<string>> ListAsync(AttemptQuery query)
        {
            var ids = new List<string>();
            do
            {
                var page = (await host.History.TryListAttemptsAsync(query))!;
                ids.AddRange(page.Items.Select(attempt => attempt.Id));
                query = query with { Cursor = page.Next };
            }
            while (query.Cursor is not null);

            return ids;
        }

        async Task RefusedAsync(string field, AttemptQuery query) => Assert.Equal(
            field, Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => host.History.TryListAttemptsAsync(query))).Problems).Field);
    }

    [Fact]
    public async Task What_a_test_send_got_is_told_also_when_it_cannot_be_kept()
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Postgres, works: false);
        var (endpoint, _) = await host.CreateAsync(sink);

        // PostgreSQL shuts down, as far as this table goes.
        await host.ExecuteAsync("""
            create function {t}stop() returns trigger language plpgsql as $$ begin raise exception 'stopped' using errcode = '57P01'; end $$;
            create trigger stop before insert on {t}webhook_attempt execute function {t}stop()
            """);

        var result = (await host.Endpoints.TrySendTestAsync(endpoint.Id))!;

        Assert.Equal((200, null, null), (result.StatusCode, result.Error, result.AttemptId));
        Assert.Contains("could not be recorded", host.Log.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Test_sends_count_neither_for_health_nor_for_the_circuit_nor_for_disabling(string database)
    {
        const int Many = 12; // More than the ten that an endpoint may be disabled for.
        await using var sink = WebhookSink.Start();
        sink.Answer = _ => SinkReply.Status(500, "no");
        await using var host = await WebhookHost.StartAsync(database, settings =>
        {
            settings["Jamail:Webhooks:DisableAfter"] = "00:00:01";
            settings["Jamail:Webhooks:CircuitFailures"] = "1";
            settings["Jamail:Webhooks:CircuitOpen"] = "01:00:00";
            settings["Jamail:Webhooks:CircuitOpenAtMost"] = "01:00:00";
        });
        var (endpoint, _) = await host.CreateAsync(sink);
        var first = TimeProvider.System.GetUtcNow();

        for (var n = 0; n < Many || TimeProvider.System.GetUtcNow() < first.AddSeconds(1.5); n++)
        {
            var result = (await host.Endpoints.TrySendTestAsync(endpoint.Id))!;
            Assert.Equal((500, true), (result.StatusCode, result.AttemptId is not null));
        }

        Assert.Equivalent(endpoint, await host.Endpoints.TryGetAsync(endpoint.Id), strict: true);
        var stats = (await host.History.TryGetStatsAsync(endpoint.Id, first.AddMinutes(-1)))!;
        Assert.Equal((0, 0, null), (stats.Attempts, stats.Deliveries.Count, stats.MedianMs));
        sink.Answer = _ => SinkReply.Ok;
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Equal((1, 1), ((await host.History.TryGetStatsAsync(endpoint.Id, first.AddMinutes(-1)))!.Attempts, Normal()));

        int Normal() => sink.Received.Count(request => request.Text == "{}");
    }
}
