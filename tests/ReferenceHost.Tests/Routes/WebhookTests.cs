using Jamail.TestSupport;
using Jamail.Webhooks;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class WebhookTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_webhook_is_created_read_changed_and_deleted(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        await using var sink = WebhookSink.Start();

        var created = (await api.PostAsync("/api/webhooks", new { url = sink.Url, events = new[] { "order.*" } })).Expect(201);
        Assert.StartsWith("whsec_", created["secret"].GetString(), StringComparison.Ordinal);
        Assert.Equal(sink.Url, created["url"].GetString());
        Assert.Equal("active", created["status"].GetString());

        var read = (await api.GetAsync($"/api/webhooks/{created.Id}")).Expect(200);
        Assert.DoesNotContain("secret", read.Members);
        Assert.DoesNotContain(created["secret"].GetString()!, (await api.GetAsync("/api/webhooks")).Expect(200).Text, StringComparison.Ordinal);

        var changed = (await api.PutAsync($"/api/webhooks/{created.Id}", new { url = sink.Url, events = new[] { "*" } })).Expect(200);
        Assert.Equal("*", changed["events"][0].GetString());

        (await api.DeleteAsync($"/api/webhooks/{created.Id}")).Expect(204);
        (await api.GetAsync($"/api/webhooks/{created.Id}")).Expect(404);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_event_reaches_the_webhook_signed_and_every_attempt_is_in_its_history(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        await using var sink = WebhookSink.Start(SinkReply.Status(500), SinkReply.Ok);
        var type = $"order.n{Guid.NewGuid():N}";
        var webhook = (await api.PostAsync("/api/webhooks", new { url = sink.Url, events = new[] { type } })).Expect(201);

        var accepted = (await api.PostAsync("/api/events", new { type, payload = new { orderId = 4711, total = "12.50" } })).Expect(202);
        Assert.Equal(["id", "deliveries"], accepted.Members);
        Assert.Equal(1, accepted["deliveries"].GetInt32());

        var requests = await sink.WaitAsync(2);
        Assert.Equal("""{"orderId":4711,"total":"12.50"}""", requests[1].Text);
        Assert.Equal(requests[0].Text, requests[1].Text);
        Assert.Equal(requests[0].Header("webhook-id"), requests[1].Header("webhook-id"));
        Assert.Equal(WebhookVerification.Genuine, WebhookSignature.Verify(
            requests[1].Body,
            requests[1].Header("webhook-id"),
            requests[1].Header("webhook-timestamp"),
            requests[1].Header("webhook-signature"),
            [WebhookSecret.Parse(webhook["secret"].GetString()!)],
            TimeProvider.System.GetUtcNow()));

        var delivery = await DeliveryAsync(api, webhook.Id, "succeeded");
        var attempts = delivery["attempts"].EnumerateArray().ToList();
        Assert.Equal([1, 2], attempts.Select(attempt => attempt.GetProperty("number").GetInt32()));
        Assert.Equal([500, 200], attempts.Select(attempt => attempt.GetProperty("statusCode").GetInt32()));
        Assert.Equal(
            ["number", "at", "statusCode", "error", "durationMs"], attempts[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(type, delivery["event"].GetString());
        Assert.Equal(webhook.Id, delivery["webhookId"].GetString());

        (await api.PostAsync($"/api/deliveries/{delivery.Id}/resend")).Expect(202);
        var again = (await sink.WaitAsync(3))[2];
        Assert.Equal(requests[0].Header("webhook-id"), again.Header("webhook-id"));
        Assert.Equal(requests[0].Text, again.Text);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_e_mail_that_is_sent_is_told_to_webhooks(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        await using var sink = WebhookSink.Start();
        var webhook = (await api.PostAsync("/api/webhooks", new { url = sink.Url, events = new[] { "email.sent" } })).Expect(201);

        var logId = await api.SendAsync(await api.CreateAsync(), "anna@example.com");

        await Eventually.True(
            () => sink.Received.Any(request => request.Text.Contains(logId, StringComparison.Ordinal)), $"news of e-mail {logId}");
        (await api.DeleteAsync($"/api/webhooks/{webhook.Id}")).Expect(204);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_sample_is_sent_and_its_answer_shown(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        await using var sink = WebhookSink.Start(SinkReply.Status(418, "a teapot"));
        var webhook = (await api.PostAsync("/api/webhooks", new { url = sink.Url, events = new[] { "never" } })).Expect(201);

        var result = (await api.PostAsync($"/api/webhooks/{webhook.Id}/test")).Expect(200);

        Assert.False(result["succeeded"].GetBoolean());
        Assert.Equal(418, result["statusCode"].GetInt32());
        Assert.NotNull(Assert.Single(sink.Received).Header("webhook-signature"));
        var attempt = (await api.GetAsync($"/api/attempts/{result["attemptId"].GetString()}")).Expect(200);
        Assert.Equal(("test", "a teapot"), (attempt["origin"].GetString(), attempt["responseBody"].GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, attempt["deliveryId"].ValueKind);
        Assert.Empty((await api.GetAsync($"/api/webhooks/{webhook.Id}/deliveries")).Expect(200).Items);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var id = Guid.NewGuid();

        (await api.GetAsync($"/api/webhooks/{id}")).Expect(404);
        (await api.PutAsync($"/api/webhooks/{id}", new { url = "https://example.com" })).Expect(404);
        (await api.DeleteAsync($"/api/webhooks/{id}")).Expect(404);
        (await api.PostAsync($"/api/webhooks/{id}/test")).Expect(404);
        (await api.GetAsync($"/api/webhooks/{id}/deliveries")).Expect(404);
        (await api.GetAsync($"/api/deliveries/{id}")).Expect(404);
        (await api.PostAsync($"/api/deliveries/{id}/resend")).Expect(404);
        (await api.GetAsync("/api/deliveries/nonsense")).Expect(404);
    }

    private static async Task<Reply> DeliveryAsync(Api api, string webhook, string status)
    {
        var list = await Eventually.Satisfies(
            () => api.GetAsync($"/api/webhooks/{webhook}/deliveries"),
            reply => reply.Status == 200 && reply.Items.Any(item => item.GetProperty("status").GetString() == status),
            $"a delivery that {status}");
        return (await api.GetAsync($"/api/deliveries/{list.Items[0].GetProperty("id").GetString()}")).Expect(200);
    }
}
