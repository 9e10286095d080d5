using System.Net.Http.Json;
using System.Text;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class ContentTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_template_goes_from_draft_to_published_and_back(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var key = $"k-{Guid.NewGuid():N}";
        object Draft(string html) => new { key, name = "Welcome", subject = "Hello {{name}}", html, locales = new { fr = new { subject = "Bonjour", html = "<p>Salut</p>" } } };
        await api.CreateAsync(Draft("<p>One</p>"));

        var draft = (await api.PostAsync($"/api/templates/{key}/versions", Draft("<p>Two</p>"))).Expect(201);
        (await api.PostAsync($"/api/templates/{key}/publish", new { version = 2 }, ("If-Match", "\"9\""))).Expect(409);
        var published = (await api.PostAsync($"/api/templates/{key}/publish", new { version = 2 }, ("If-Match", "\"1\""))).Expect(200);
        var french = (await api.PostAsync($"/api/templates/{key}/preview", new { locale = "fr-CA", variables = new { name = "Anna" } })).Expect(200);
        (await api.PostAsync($"/api/templates/{key}/rollback", new { version = 2 })).Expect(422, "version");
        (await api.PostAsync($"/api/templates/{key}/rollback", new { version = 9 })).Expect(422, "version");
        (await api.PostAsync($"/api/templates/{key}/rollback", new { })).Expect(422, "version");
        var back = (await api.PostAsync($"/api/templates/{key}/rollback", new { version = 1 })).Expect(200);

        Assert.False(draft["isPublished"].GetBoolean());
        Assert.Equal((2, 1), (published["version"].GetInt32(), back["version"].GetInt32()));
        Assert.Equal("Bonjour", french["subject"].GetString());
        Assert.Equal(2, (await api.GetAsync($"/api/templates/{key}/versions")).Expect(200).Items.Count);
        Assert.Equal("<p>Two</p>", (await api.GetAsync(draft.Headers["Location"])).Expect(200)["contents"].GetProperty("en").GetProperty("html").GetString());
        Assert.Equal("html", Assert.Single((await api.GetAsync($"/api/templates/{key}/versions/1/diff/2")).Expect(200).Items).GetProperty("part").GetString());
        (await api.PostAsync($"/api/templates/{key}/publish", new { version = 9 })).Expect(422, "version");
        var test = (await api.PostAsync($"/api/templates/{key}/test", new { to = new[] { "me@example.com" }, variables = new { name = "Anna" } })).Expect(202);
        var sent = (await api.GetAsync($"/api/emails/{test.Items[0].GetProperty("id").GetString()}/content")).Expect(200);
        Assert.Equal(("[Test] Hello Anna", "1"), (sent["subject"].GetString(), sent["headers"].GetProperty("X-Jamail-Test").GetString()));
        Assert.True((await api.PostAsync("/api/templates/validate", Draft("<p>x</p>"))).Expect(200)["isValid"].GetBoolean());
        var report = (await api.PostAsync($"/api/templates/{key}/validate", new { version = 2 })).Expect(200);
        Assert.Equal("name", report["inferredSchema"].GetProperty("required")[0].GetString());
        (await api.PostAsync($"/api/templates/{key}/validate", new { version = 9 })).Expect(422, "version");
        (await api.PostAsync($"/api/templates/no-{key}/validate", new { })).Expect(404);
        object To(params string?[] to) => new { to, variables = new { name = "Anna" } };
        (await api.PostAsync($"/api/templates/{key}/test", To("me@example.com", "nobody"))).Expect(422, "to[1]");
        (await api.PostAsync($"/api/templates/{key}/test", To("me@example.com", null))).Expect(422, "to[1]");
        (await api.PostAsync($"/api/templates/{key}/test", To("a@a.example", "b@a.example", "c@a.example", "d@a.example", "e@a.example", "f@a.example"))).Expect(422, "to");
        (await api.PutAsync($"/api/partials/{key}", new { html = "<p>part</p>" })).Expect(200);
        Assert.Equal(1, (await api.GetAsync($"/api/partials/{key}")).Expect(200)["version"].GetInt32());
        (await api.GetAsync($"/api/layouts/{key}")).Expect(404);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Suppressed_addresses_are_entered_checked_imported_exported_and_removed(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var (one, two) = ($"{Guid.NewGuid():N}@example.com", $"{Guid.NewGuid():N}@example.com");

        (await api.PostAsync("/api/suppressions", new { address = one, scope = "default", note = "asked" })).Expect(204);
        Assert.Equal(1, (await api.PostAsync("/api/suppressions/import", new { entries = new[] { new { address = two } } })).Expect(200)["count"].GetInt32());
        var accepted = (await api.PostAsync("/api/emails", new { to = two, subject = "s", html = "<p>h</p>" })).Expect(202);

        Assert.Equal("suppressed", accepted["status"].GetString());
        Assert.Equal("manual", (await api.GetAsync($"/api/suppressions/check?address={one}")).Expect(200)["entry"].GetProperty("reason").GetString());
        Assert.False((await api.GetAsync($"/api/suppressions/check?address={one}&category=otp")).Expect(200)["isSuppressed"].GetBoolean());
        Assert.Contains($"\"{two}\",\"*\",\"list_import\"", (await api.GetAsync("/api/suppressions/export")).Expect(200).Text, StringComparison.Ordinal);
        Assert.NotEmpty((await api.GetAsync("/api/suppressions")).Expect(200).Items);
        (await api.DeleteAsync($"/api/suppressions?address={one}")).Expect(204);
        (await api.DeleteAsync($"/api/suppressions?address={one}")).Expect(404);
        (await api.PostAsync("/api/suppressions", new { address = "nobody" })).Expect(422, "address");
        (await api.PostAsync("/api/suppressions", new { address = one, reason = "mood" })).Expect(422, "reason");
        Assert.Equal(1, (await api.PostAsync("/api/erasures", new { address = two })).Expect(200)["count"].GetInt32());
    }

    [Fact]
    public async Task Unsubscribing_takes_both_body_forms_and_looking_changes_nothing()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var token = new string('A', 88);

        var multipart = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        var urlencoded = new FormUrlEncodedContent(new Dictionary<string, string> { ["List-Unsubscribe"] = "One-Click" });

        Assert.Equal(200, (await api.SendAsync(HttpMethod.Post, $"/u/{token}", multipart)).Status);
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Post, $"/u/{token}", urlencoded)).Status);
        (await api.SendAsync(HttpMethod.Post, $"/u/{token}", new StringContent("x", Encoding.UTF8, "text/plain"))).Expect(400);
        Assert.Equal(404, (await api.GetAsync($"/u/{token}")).Status);
    }

    [Fact]
    public async Task Reports_that_prove_nothing_are_refused()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        (await api.PostAsync("/inbound/ses", new { type = "bounced" })).Expect(401);
        (await api.SendAsync(HttpMethod.Post, "/inbound/dsn", JsonContent.Create(new { }))).Expect(401);
    }
}
