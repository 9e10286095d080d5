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
