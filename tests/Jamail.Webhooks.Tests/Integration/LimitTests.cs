using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class LimitTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_resend_is_refused_while_an_attempt_is_under_way_and_made_at_an_endpoint_that_is_switched_off(string database)
    {
        var answer = new TaskCompletionSource();
        await using var sink = WebhookSink.Start(SinkReply.After(answer.Task, SinkReply.Ok));
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:Timeout"] = "00:00:30");
        var (endpoint, _) = await host.CreateAsync(sink);
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.ArrivalAsync(sink, 1);
        var id = (await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Sending)).Id;

        Assert.Equal((ResendResult.InFlight, CancelResult.InFlight), (await host.History.ResendAsync(id), await host.History.CancelAsync(id)));

        answer.SetResult();
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        Assert.Equal(CancelResult.Ended, await host.History.CancelAsync(id));
        await host.Endpoints.TrySetStatusAsync(endpoint.Id, WebhookEndpointStatus.Disabled);
        Assert.Equal(ResendResult.Accepted, await host.History.ResendAsync(id));
        await host.ArrivalAsync(sink, 2);
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        await host.Endpoints.TryDeleteAsync(endpoint.Id);
        Assert.Equal(ResendResult.EndpointDeleted, await host.History.ResendAsync(id));
        Assert.Equal(2, sink.Received.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_tenant_has_so_many_endpoints_and_an_endpoint_so_many_headers(string database)
    {
        await using var host = await WebhookHost.StartAsync(database, settings => settings["Jamail:Webhooks:MaxEndpointsPerTenant"] = "2");
        var wanted = new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/" };
        var (endpoint, _) = await host.Endpoints.CreateAsync(wanted);
        var (second, _) = await host.Endpoints.CreateAsync(wanted);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Endpoints.CreateAsync(wanted));
        Assert.Contains("MaxEndpointsPerTenant", Assert.Single(refused.Problems).Fix, StringComparison.Ordinal);
        await host.Endpoints.CreateAsync(wanted, "another");
        await host.Endpoints.TryDeleteAsync(second.Id);
        await host.Endpoints.CreateAsync(wanted);

        await SetAsync(50, "x");
        Assert.Equal("headers", await RefusedAsync(51, "x"));
        await SetAsync(1, new string('x', 4094));
        Assert.Equal("headers/x0", await RefusedAsync(1, new string('x', 4095)));

        Task<bool> SetAsync(int count, string value) => host.Endpoints.TrySetHeadersAsync(
            endpoint.Id, Enumerable.Range(0, count).ToDictionary(n => $"x{n}", _ => (string?)value), keepOthers: false);

        async Task<string> RefusedAsync(int count, string value) =>
            Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(() => SetAsync(count, value))).Problems).Field;
    }

    [Fact]
    public void A_tenant_has_twenty_endpoints_by_default() => Assert.Equal(20, new WebhooksOptions().MaxEndpointsPerTenant);

    [Theory]
    [InlineData(20 * 1024, false)]
    [InlineData((20 * 1024) + 1, true)]
    public async Task A_payload_of_more_than_20_KiB_is_published_with_a_warning(int bytes, bool warns)
    {
        await using var host = await WebhookHost.StartAsync(Integration.Databases.Sqlite, works: false);

        await host.Publisher.PublishAsync("order.paid", new string('x', bytes - 2)); // Two quotes.

        Assert.Equal(warns, host.Log.Text.Contains("receivers expect less than 20480", StringComparison.Ordinal));
    }
}
