using System.Net.Http.Json;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class ProviderTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_mail_server_is_added_changed_paused_tried_and_removed_and_its_password_is_never_shown(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var name = $"p{Guid.NewGuid():N}";
        var password = $"canary-{Guid.NewGuid():N}";

        var created = (await api.PostAsync(
            "/api/providers", new { name, host = "10.9.8.7", port = 2525, security = "none", user = "app", password, ratePerSecond = 14 })).Expect(201);
        Assert.Equal($"/api/providers/{name}", created.Headers["Location"]);
        Assert.True(created["hasPassword"].GetBoolean());
        (await api.PostAsync("/api/providers", new { name, host = "10.9.8.7" })).Expect(409);

        var changed = (await api.SendAsync(HttpMethod.Patch, $"/api/providers/{name}", JsonContent.Create(new { maxConcurrent = 3 }))).Expect(200);
        Assert.Equal((3, 14.0, "app", true), (changed["maxConcurrent"].GetInt32(), changed["ratePerSecond"].GetDouble(), changed["user"].GetString(), changed["hasPassword"].GetBoolean()));

        var tried = (await api.PostAsync($"/api/providers/{name}/verify")).Expect(200);
        Assert.Equal((false, "connect", "addressdenied"), (tried["succeeded"].GetBoolean(), tried["phase"].GetString(), tried["fault"].GetString()));

        Assert.True((await api.PostAsync($"/api/providers/{name}/pause", new { reason = "moving" })).Expect(200)["isPaused"].GetBoolean());
        Assert.False((await api.PostAsync($"/api/providers/{name}/resume")).Expect(200)["isPaused"].GetBoolean());
        var list = (await api.GetAsync("/api/providers")).Expect(200);
        Assert.Equal("default", list.Items[0].GetProperty("name").GetString());
        Assert.DoesNotContain(password, created.Text + changed.Text + tried.Text + list.Text, StringComparison.Ordinal);

        (await api.DeleteAsync($"/api/providers/{name}")).Expect(204);
        (await api.GetAsync($"/api/providers/{name}")).Expect(404);
    }

    [Fact]
    public async Task Wrong_requests_are_refused_naming_the_field()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        (await api.PostAsync("/api/providers", new { })).Expect(422, "name");
        (await api.PostAsync("/api/providers", new { name = "default", host = "smtp.example.com" })).Expect(422, "name");
        (await api.PostAsync("/api/providers", new { name = "x", host = "smtp.example.com", security = "perhaps" })).Expect(422, "security");
        (await api.PostAsync("/api/providers/unknown/verify")).Expect(404);
        (await api.PostAsync("/api/providers/unknown/resume")).Expect(404);
    }

    [Fact]
    public async Task A_mail_that_is_not_in_doubt_cannot_be_resolved()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var logId = await api.SendAsync(await api.CreateAsync(), "anna@example.com");
        await SendTests.SentAsync(api, logId);

        (await api.PostAsync($"/api/emails/{logId}/resolve", new Dictionary<string, string> { ["as"] = "resend" })).Expect(409);
        (await api.PostAsync($"/api/emails/{logId}/resolve", new Dictionary<string, string> { ["as"] = "maybe" })).Expect(422, "as");
        (await api.PostAsync($"/api/emails/{Guid.NewGuid()}/resolve", new Dictionary<string, string> { ["as"] = "sent" })).Expect(404);
        var counted = (await api.PostAsync("/api/emails/resolve", new Dictionary<string, object> { ["as"] = "resend", ["dryRun"] = true })).Expect(200);
        Assert.Equal((0, true), (counted["count"].GetInt32(), counted["dryRun"].GetBoolean()));
    }
}
