using System.Net.Http.Json;
using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class WebhookControlTests
{
    // Other tests of the same host count who hears their events.
    private static readonly string[] Unheard = ["nobody.publishes.this"];

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Settings_are_stored_shown_and_changed_only_in_the_version_that_was_read(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var settings = new
        {
            ownerEmail = "owner@example.com", channels = new[] { "eu" }, filter = new { type = "object" }, signatureProfile = "github",
            retrySchedule = "standard", timeout = "00:00:05", ratePerSecond = 10, maxInFlight = 3, ordering = "key", blocksOnFailure = true,
        };
        var uid = $"u{Guid.NewGuid():N}";

        var created = (await api.PostAsync("/api/webhooks", new { url = "http://127.0.0.1:9000/", events = Unheard, uid, settings })).Expect(201);
        Assert.Equal("github", created["settings"].GetProperty("signatureProfile").GetString());
        Assert.Equal("object", created["settings"].GetProperty("filter").GetProperty("type").GetString());
        (await api.PostAsync("/api/webhooks", new { url = "http://127.0.0.1:9000/", events = Unheard, uid })).Expect(422, "uid");

        var read = (await api.GetAsync($"/api/webhooks/{uid}")).Expect(200);
        Assert.Equal("\"1\"", read.Headers["ETag"]);
        (await PatchAsync(api, uid, new { description = "mine", settings = new { ordering = "none" } }, "\"1\"")).Expect(200);
        (await PatchAsync(api, uid, new { description = "theirs" }, "\"1\"")).Expect(412);
        (await PatchAsync(api, uid, new { description = "theirs" }, "one")).Expect(422, "If-Match");
        read = (await api.GetAsync($"/api/webhooks/{uid}")).Expect(200);
        Assert.Equal(("mine", "none"), (read["description"].GetString(), read["settings"].GetProperty("ordering").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, read["settings"].GetProperty("ownerEmail").ValueKind);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_settings_is_told_by_field()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var settings = new
        {
            ownerEmail = "nobody", channels = new[] { "a b" }, filter = new { type = "text" }, retrySchedule = "soon",
            timeout = "00:02:00", ratePerSecond = 0, maxInFlight = 0,
        };

        var reply = (await api.PostAsync("/api/webhooks", new { url = "http://127.0.0.1:9000/", uid = "a/b", settings })).Expect(422, "uid");

        Assert.Equal(
            [
                "settings.channels", "settings.filter/type", "settings.maxInFlight", "settings.ownerEmail", "settings.ratePerSecond",
                "settings.retrySchedule", "settings.timeout", "uid",
            ],
            reply.Errors.Select(error => error.GetProperty("field").GetString()).Order());
        (await api.PostAsync("/api/webhooks", new { url = "http://127.0.0.1:9000/", settings = new { ordering = "random" } }))
            .Expect(422, "settings.ordering");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Secrets_are_rotated_shown_on_demand_and_their_overlap_ended(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var created = (await api.PostAsync("/api/webhooks", new { url = "http://127.0.0.1:9000/", events = Unheard })).Expect(201);

        var rotated = (await api.PostAsync($"/api/webhooks/{created.Id}/secret/rotate", new { graceSeconds = 3600 })).Expect(200);
        Assert.NotEqual(created["secret"].GetString(), rotated["secret"].GetString());
        var shown = (await api.GetAsync($"/api/webhooks/{created.Id}/secret")).Expect(200);
        Assert.Equal(rotated["secret"].GetString(), shown["secret"].GetString());
        Assert.Equal("no-store", shown.Headers["Cache-Control"]);
        (await api.PostAsync($"/api/webhooks/{created.Id}/secret/expire-old")).Expect(204);
        (await api.PostAsync($"/api/webhooks/{created.Id}/secret/rotate", new { graceSeconds = 604_801 })).Expect(422, "graceSeconds");
        (await api.PostAsync($"/api/webhooks/{created.Id}/secret/rotate", new { secret = "short" })).Expect(422, "secret");
        (await api.PostAsync($"/api/webhooks/{created.Id}/secret/rotate", new { kind = "ed25519" })).Expect(422, "kind");
        (await api.GetAsync($"/api/webhooks/{Guid.NewGuid()}/secret")).Expect(404);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Static_headers_are_replaced_and_changed_and_secret_values_not_shown(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var id = (await api.PostAsync("/api/webhooks", new { url = "http://127.0.0.1:9000/", events = Unheard })).Expect(201).Id;

        (await api.PutAsync($"/api/webhooks/{id}/headers", new { headers = new Dictionary<string, string?> { ["Authorization"] = "Bearer x", ["X-Env"] = "a" } }))
            .Expect(200);
        (await PatchAsync(api, $"{id}/headers", new { headers = new Dictionary<string, string?> { ["x-env"] = null, ["X-New"] = "b" } })).Expect(200);

        var read = (await api.GetAsync($"/api/webhooks/{id}/headers")).Expect(200)["headers"];
        Assert.Equal(["***", "b"], read.EnumerateObject().OrderBy(header => header.Name).Select(header => header.Value.GetString()));
        foreach (var name in (string[])["Host", "Content-Type", "webhook-id", "X-Jamail-Signature", "X-Hub-Signature-256", "bad name"])
        {
            (await api.PutAsync($"/api/webhooks/{id}/headers", new { headers = new Dictionary<string, string?> { [name] = "x" } }))
                .Expect(422, $"headers/{name}");
        }

        (await api.PutAsync($"/api/webhooks/{id}/headers", new { headers = new Dictionary<string, string?> { ["X-A"] = "a\r\nb" } })).Expect(422, "headers/X-A");
        (await api.PutAsync($"/api/webhooks/{id}/headers", new { })).Expect(422, "headers");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_a_paused_webhook_missed_is_recovered_and_its_history_read(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        await using var sink = WebhookSink.Start();
        var type = $"order.n{Guid.NewGuid():N}";
        var id = (await api.PostAsync("/api/webhooks", new { url = sink.Url, events = new[] { type } })).Expect(201).Id;
        Assert.Equal("paused", (await api.PostAsync($"/api/webhooks/{id}/pause")).Expect(200)["status"].GetString());
        (await api.PostAsync("/api/events", new { type, payload = new { n = 1 } })).Expect(202);
        var since = TimeProvider.System.GetUtcNow().AddHours(-1);
        Assert.Equal(1, (await api.PostAsync($"/api/webhooks/{id}/recover", new { since, dryRun = true })).Expect(202)["total"].GetInt32());
        (await api.PostAsync($"/api/webhooks/{id}/recover", new { since })).Expect(422, "id");
        (await api.PostAsync($"/api/webhooks/{id}/recover", new { since = "yesterday" })).Expect(422, "since");
        (await api.PostAsync($"/api/webhooks/{id}/recover", new { since, statuses = new[] { "sent" } })).Expect(422, "statuses");

        (await api.PostAsync($"/api/webhooks/{id}/enable")).Expect(200);
        var task = (await api.PostAsync($"/api/webhooks/{id}/recover", new { since, statuses = new[] { "failed", "skipped" } })).Expect(202);
        Assert.EndsWith($"/api/tasks/{task.Id}", task.Headers["Location"], StringComparison.Ordinal);
        await sink.WaitAsync(1);
        await Eventually.True(async () => (await api.GetAsync($"/api/tasks/{task.Id}")).Expect(200)["isDone"].GetBoolean(), "the task to be done");

        var delivery = (await Eventually.Satisfies(
            async () => (await api.GetAsync($"/api/webhooks/{id}/deliveries?status=succeeded&code=2&event={type}&since={since:yyyy-MM-dd}")).Expect(200).Items,
            items => items.Count == 1,
            "the delivery"))[0].GetProperty("id").GetString();
        var attempt = Assert.Single((await api.GetAsync($"/api/deliveries/{delivery}/attempts")).Expect(200).Items);
        Assert.Equal("recovery", attempt.GetProperty("origin").GetString());
        var details = (await api.GetAsync($"/api/attempts/{attempt.GetProperty("id").GetString()}")).Expect(200);
        Assert.Equal("""{"n":1}""", details["requestBody"].GetString());
        Assert.Equal(1, (await api.GetAsync($"/api/webhooks/{id}/stats")).Expect(200)["successes"].GetInt32());
        (await api.PostAsync($"/api/deliveries/{delivery}/cancel")).Expect(409);
        (await api.GetAsync($"/api/webhooks/{id}/deliveries?status=lost")).Expect(422, "status");
        (await api.GetAsync($"/api/webhooks/{id}/deliveries?code=9")).Expect(422, "code");
        foreach (var path in (string[])["tasks", "attempts", "events", "event-types"])
        {
            (await api.GetAsync($"/api/{path}/{Guid.NewGuid()}")).Expect(404);
        }
    }

    private static Task<Reply> PatchAsync(Api api, string path, object body, string? version = null) => api.SendAsync(
        HttpMethod.Patch, $"/api/webhooks/{path}", JsonContent.Create(body), version is null ? [] : [("If-Match", version)]);
}
