using System.Text;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class BadInputTests
{
    [Fact]
    public async Task A_body_over_256_KiB_is_refused()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var large = new { name = "Large", subject = "s", html = new string('x', 256 * 1024) };

        (await api.PostAsync("/api/templates", large)).Expect(413, "body");
        using var unknownLength = new StreamContent(new MemoryStream(new byte[300 * 1024]));
        unknownLength.Headers.ContentType = new("application/json");
        unknownLength.Headers.ContentLength = null;
        (await api.SendAsync(HttpMethod.Post, "/api/events", unknownLength, ("Transfer-Encoding", "chunked"))).Expect(413, "body");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"name\": }")]
    [InlineData("name=Anna")]
    [InlineData("{\"name\": \"a\"} {}")]
    public async Task A_body_that_is_not_JSON_is_refused_with_its_place(string body)
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        (await api.SendAsync(HttpMethod.Post, "/api/templates", content)).Expect(400, "body");
    }

    [Fact]
    public async Task A_body_that_does_not_say_that_it_is_JSON_is_refused()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");

        (await api.SendAsync(HttpMethod.Post, "/api/templates", content)).Expect(415, "Content-Type");
        (await api.SendAsync(HttpMethod.Post, "/api/templates", null)).Expect(415, "Content-Type");
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("\"text\"", "body")]
    [InlineData("{\"name\": 1, \"subject\": \"s\", \"html\": \"h\"}", "name")]
    [InlineData("{\"name\": \"n\", \"subject\": {}, \"html\": \"h\"}", "subject")]
    public async Task A_member_of_the_wrong_type_is_named(string body, string field)
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        (await api.SendAsync(HttpMethod.Post, "/api/templates", content)).Expect(422, field);
    }

    [Fact]
    public async Task Missing_members_are_named_all_at_once()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        string[] Fields(Reply reply) => [.. reply.Errors.Select(error => error.GetProperty("field").GetString()!)];

        Assert.Equal(["name", "subject", "html"], Fields((await api.PostAsync("/api/templates", new { })).Expect(422)));
        Assert.Equal(["recipient", "variables"], Fields((await api.PostAsync("/api/templates/x/send", new { variables = 1 })).Expect(422)));
        Assert.Equal(["url"], Fields((await api.PostAsync("/api/webhooks", new { })).Expect(422)));
        Assert.Equal(["type", "payload"], Fields((await api.PostAsync("/api/events", new { })).Expect(422)));
    }

    [Theory]
    [InlineData("Hello {{name", "unclosed")]
    [InlineData("{{#if a}}", "unclosed block")]
    [InlineData("{{/if}}", "never opened")]
    public async Task A_template_that_does_not_parse_is_refused_with_line_and_column(string html, string what)
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        var refused = (await api.PostAsync("/api/templates", new { name = what, subject = "s", html = $"<p>first line</p>\n{html}" })).Expect(422);

        Assert.Contains("line 2", refused.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_template_that_nests_10000_deep_or_runs_without_end_is_refused_and_the_host_goes_on()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var deep = string.Concat(Enumerable.Repeat("{{#if a}}", 10_000)) + string.Concat(Enumerable.Repeat("{{/if}}", 10_000));
        (await api.PostAsync("/api/templates", new { name = "Deep", subject = "s", html = deep })).Expect(422);

        var loops = string.Concat(Enumerable.Repeat("{{#each ../a}}", 8)) + "x" + string.Concat(Enumerable.Repeat("{{/each}}", 8));
        var id = await api.CreateAsync(new { name = "Loops", subject = "s", html = $"{{{{#each a}}}}{loops}{{{{/each}}}}" });
        var many = Enumerable.Range(0, 100).ToArray();
        (await api.PostAsync($"/api/templates/{id}/preview", new { variables = new { a = many } })).Expect(422);
        (await api.GetAsync("/health/ready")).Expect(200);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b.c, d@e.f")]
    [InlineData("Anna <anna@example.com>")]
    [InlineData("anna@example.com\r\nBcc: all@example.com")]
    [InlineData("anna@exa mple.com")]
    [InlineData("")]
    public async Task A_recipient_that_is_no_address_is_refused(string recipient)
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var template = await api.CreateAsync();

        (await api.PostAsync($"/api/templates/{template}/send", new { recipient, variables = new { name = "Anna" } })).Expect(422, "recipient");
    }

    [Fact]
    public async Task A_line_break_in_the_subject_does_not_become_a_header()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var template = await api.CreateAsync();

        var reply = await api.PostAsync(
            $"/api/templates/{template}/preview", new { variables = new { name = "Anna\r\nBcc: all@example.com" } });

        Assert.True(
            reply.Status == 422 || (reply.Status == 200 && reply["subject"].GetString()!.IndexOfAny(['\r', '\n']) < 0), reply.Text);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("example.com")]
    [InlineData("https://user:hunter2@example.com/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("")]
    public async Task An_address_that_must_not_be_called_is_refused(string url)
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        var refused = (await api.PostAsync("/api/webhooks", new { url, events = new[] { "*" } })).Expect(422, "url");

        Assert.DoesNotContain("hunter2", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order paid")]
    [InlineData("order..paid")]
    [InlineData("")]
    public async Task An_event_type_that_breaks_the_rules_is_refused(string type)
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        (await api.PostAsync("/api/events", new { type, payload = new { } })).Expect(422);
    }

    [Theory]
    [InlineData("/api/send-logs?status=lost", "status")]
    [InlineData("/api/send-logs?limit=201", "limit")]
    [InlineData("/api/templates?limit=-1", "limit")]
    [InlineData("/api/webhooks?limit=many", "limit")]
    public async Task A_filter_that_cannot_be_is_refused(string path, string field)
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        (await api.GetAsync(path)).Expect(422, field);
    }

    [Fact]
    public async Task A_cursor_that_no_list_gave_is_refused()
    {
        foreach (var store in Enum.GetValues<Store>())
        {
            var api = await Hosts.ApiAsync(store);
            foreach (var path in (string[])["/api/send-logs", "/api/templates", "/api/webhooks"])
            {
                (await api.GetAsync($"{path}?cursor=nonsense")).Expect(422);
            }
        }
    }

    [Fact]
    public async Task An_unknown_path_or_method_is_problem_json_too()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);

        Assert.Equal("application/problem+json", (await api.GetAsync("/api/nothing")).MediaType);
        var wrong = await api.DeleteAsync("/api/events");
        Assert.Equal((405, "application/problem+json"), (wrong.Status, wrong.MediaType));
    }
}
