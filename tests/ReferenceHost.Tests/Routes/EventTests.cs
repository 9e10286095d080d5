using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class EventTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_event_is_published_once_under_its_key_or_id_and_can_be_found_and_emptied(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var type = $"order.n{Guid.NewGuid():N}";
        var body = new
        {
            type, payload = new { n = 1 }, tags = new[] { "blue" }, channels = new[] { "eu" }, orderingKey = "order-1",
            occurredAt = "2026-01-31T12:00:00Z", retentionDays = 7,
        };
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = (await api.PostAsync("/api/events", body, key)).Expect(202);
        Assert.Equal(first.Id, (await api.PostAsync("/api/events", body, key)).Expect(200).Id);
        (await api.PostAsync("/api/events", new { type, payload = new { n = 2 } }, key)).Expect(422, "Idempotency-Key");
        var named = (await api.PostAsync("/api/events", new { type, payload = 1, eventId = type })).Expect(202);
        Assert.Equal(named.Id, (await api.PostAsync("/api/events", new { type, payload = 1, eventId = type })).Expect(200).Id);
        (await api.PostAsync("/api/events", new { type, payload = 2, eventId = type })).Expect(422);

        Assert.Equal(first.Id, Assert.Single((await api.GetAsync($"/api/events?type={type}&tag=blue")).Expect(200).Items).GetProperty("id").GetString());
        var read = (await api.GetAsync($"/api/events/{first.Id}")).Expect(200);
        Assert.Equal(1, read["payload"].GetProperty("n").GetInt32());
        Assert.Equal(("order-1", "2026-01-31"), (read["orderingKey"].GetString(), read["occurredAt"].GetString()![..10]));
        (await api.DeleteAsync($"/api/events/{first.Id}/payload")).Expect(204);
        Assert.True((await api.GetAsync($"/api/events/{first.Id}")).Expect(200)["expunged"].GetBoolean());
    }

    [Fact]
    public async Task Bad_events_are_refused_by_field()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        (await api.PostAsync("/api/events", new { type = "a.b", payload = 1, orderingKey = "" })).Expect(422, "orderingKey");
        (await api.PostAsync("/api/events", new { type = "a.b", payload = 1, tags = new[] { "a b" } })).Expect(422, "tags");
        (await api.PostAsync("/api/events", new { type = "a.b", payload = 1, channels = Enumerable.Repeat("c", 21) })).Expect(422, "channels");
        (await api.PostAsync("/api/events", new { type = "a.b", payload = 1, occurredAt = "then" })).Expect(422, "occurredAt");
        (await api.PostAsync("/api/events", new { type = "a.b", payload = 1, retentionDays = 0 })).Expect(422, "retentionDays");
        (await api.PostAsync("/api/events", new { type = "a.b", payload = 1 }, ("Idempotency-Key", "a b"))).Expect(422, "Idempotency-Key");
        (await api.PostAsync("/api/events", new { type = "a.b", payload = new string('x', 256 * 1024) })).Expect(413);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_event_type_has_a_schema_that_payloads_must_keep_and_an_example_that_is_the_sample(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        await using var sink = WebhookSink.Start();
        var type = $"order.n{Guid.NewGuid():N}";
        var schema = new { type = "object", required = new[] { "id" } };

        (await api.PutAsync($"/api/event-types/{type}", new { schema, validate = "reject", example = new { id = 7 } })).Expect(200);
        (await api.PostAsync("/api/events", new { type, payload = new { } })).Expect(422, "payload");
        (await api.PostAsync("/api/events", new { type, payload = new { id = 1 } })).Expect(202);
        var id = (await api.PostAsync("/api/webhooks", new { url = sink.Url, events = new[] { "nothing.else" } })).Expect(201).Id;
        var attempt = (await api.PostAsync($"/api/webhooks/{id}/test?type={type}")).Expect(200)["attemptId"].GetString();
        Assert.Equal(attempt, (await api.GetAsync($"/api/webhooks/{id}/attempts?origin=test&code=2")).Expect(200).Items.Single().GetProperty("id").GetString());
        Assert.Empty((await api.GetAsync($"/api/webhooks/{id}/attempts?origin=manual")).Expect(200).Items);
        (await api.GetAsync($"/api/webhooks/{id}/attempts?origin=person")).Expect(422, "origin");
        (await api.GetAsync($"/api/webhooks/{id}/attempts?code=x")).Expect(422, "code");
        (await api.GetAsync($"/api/webhooks/{Guid.NewGuid()}/attempts")).Expect(404);
        Assert.Equal("""{"id":7}""", (await sink.WaitAsync(1))[0].Text);
        (await api.PutAsync($"/api/event-types/{type}", new { schema = new { @if = 1 } })).Expect(422, "schema/if");
        (await api.PutAsync($"/api/event-types/{type}", new { validate = "maybe" })).Expect(422, "validate");
        Assert.Equal("reject", (await api.GetAsync($"/api/event-types/{type}")).Expect(200)["validate"].GetString());
        (await api.DeleteAsync($"/api/event-types/{type}")).Expect(204);
        (await api.DeleteAsync($"/api/event-types/{type}")).Expect(404);
    }
}
