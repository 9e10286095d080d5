using System.Text;
using System.Text.Json.Nodes;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

/// <summary>Each field of POST /emails has a limit, and what is wrong with it is a 422 that names it by its JSON pointer.</summary>
public sealed class EmailBadInputTests
{
    /// <summary>The pointer, and the member that is wrong, as JSON.</summary>
    private static List<(string Pointer, string Member)> Wrong()
    {
        var data = new List<(string, string)>();
        foreach (var breaking in (string[])["\\r", "\\n", "\\u0000", "\\r\\n ", "\\r\\nBcc: x@example.com"])
        {
            data.Add(("/to", $"\"to\": \"anna@example.com{breaking}\""));
            data.Add(("/from", $"\"from\": \"Anna{breaking} <anna@example.com>\""));
            data.Add(("/from", $"\"from\": \"Anna <anna@example.com{breaking}>\""));
            data.Add(("/cc/0", $"\"cc\": [\"Bert{breaking} <bert@example.com>\"]"));
            data.Add(("/bcc/1", $"\"bcc\": [\"bert@example.com\", \"carl{breaking}@example.com\"]"));
            data.Add(("/replyTo", $"\"replyTo\": \"help@example.com{breaking}\""));
            data.Add(("/subject", $"\"subject\": \"one{breaking}two\""));
            data.Add(("/headers/X-A", $"\"headers\": {{\"X-A\": \"one{breaking}two\"}}"));
            data.Add(("/attachments/0/fileName", $"\"attachments\": [{{\"fileName\": \"a{breaking}.txt\", \"content\": \"aGk=\"}}]"));
            data.Add(("/attachments/0/contentType", $"\"attachments\": [{{\"fileName\": \"a\", \"contentType\": \"text/plain{breaking}\", \"content\": \"aGk=\"}}]"));
            data.Add(("/attachments/0/contentId", $"\"attachments\": [{{\"fileName\": \"a\", \"contentId\": \"a{breaking}\", \"content\": \"aGk=\"}}]"));
            data.Add(("/tags/0", $"\"tags\": [\"a{breaking}\"]"));
            data.Add(("/category", $"\"category\": \"default{breaking}\""));
            data.Add(("/dedupeKey", $"\"dedupeKey\": \"a{breaking}\""));
            data.Add(("/provider", $"\"provider\": \"default{breaking}\""));
        }

        foreach (var (pointer, member) in ((string, string)[])
        [
            ("/to", "\"to\": null"), ("/to", "\"to\": 1"), ("/to", "\"to\": []"), ("/to", "\"to\": \"\""), ("/to", "\"to\": \"Anna <anna@example.com>\""),
            ("/to", "\"to\": \"a@b.example, c@d.example\""), ("/to", "\"to\": \"a@b.example;c@d.example\""), ("/to", "\"to\": \"<a@b.example>\""),
            ("/to", "\"to\": \"group: a@b.example;\""), ("/to", "\"to\": \"a(x)@b.example\""), ("/to", "\"to\": \"@r.example:a@b.example\""),
            ("/to", "\"to\": \"\\\"a b\\\"@b.example\""), ("/to", "\"to\": \"a@[127.0.0.1]\""), ("/to", "\"to\": \"a@b..example\""),
            ("/to", $"\"to\": \"{new string('a', 65)}@b.example\""), ("/to", $"\"to\": \"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}\""),
            ("/from", "\"from\": \"nobody\""), ("/from", $"\"from\": \"{new string('A', 201)} <a@example.com>\""), ("/from", "\"from\": {}"),
            ("/cc/0", "\"cc\": [null]"), ("/cc/1", "\"cc\": [\"a@example.com\", 7]"), ("/cc", "\"cc\": \"a@example.com\""),
            ("/cc", $"\"cc\": [{string.Join(',', Enumerable.Repeat("\"a@example.com\"", 51))}]"),
            ("/cc", $"\"bcc\": [{string.Join(',', Enumerable.Repeat("\"a@example.com\"", 51))}]"),
            ("/bcc/0", "\"bcc\": [null]"), ("/bcc/0", "\"bcc\": [\"Anna <a@example.com>\"]"), ("/replyTo", "\"replyTo\": \"a@example.com, b@example.com\""),
            ("/subject", "\"subject\": null"), ("/subject", "\"subject\": \" \""), ("/subject", $"\"subject\": \"{new string('s', 251)}\""), ("/subject", "\"subject\": \"\\ud800\""),
            ("/html", "\"html\": null"), ("/html", "\"html\": \"\""), ("/html", $"\"html\": \"{new string('h', (256 * 1024) + 1)}\""), ("/html", "\"html\": \"\\u0000\""),
            ("/text", $"\"text\": \"{new string('t', (256 * 1024) + 1)}\""), ("/text", "\"text\": \"\\u0000\""), ("/text", "\"text\": 5"),
            ("/template/key", "\"template\": {\"key\": \"welcome\"}"), ("/template", "\"template\": \"welcome\""),
            ("/category", "\"category\": \"no-such\""), ("/category", $"\"category\": \"{new string('c', 101)}\""),
            ("/headers", $"\"headers\": {{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"X-{i}\": \"1\""))}}}"),
            ("/headers/X-A", "\"headers\": {\"X-A\": null}"), ("/headers/X-A", $"\"headers\": {{\"X-A\": \"{new string('v', 901)}\"}}"),
            ("/headers/X-A", "\"headers\": {\"X-A\": 1}"), ("/headers/x-a", "\"headers\": {\"x-a\": \"1\", \"X-A\": \"2\"}"),
            ("/headers/X A", "\"headers\": {\"X A\": \"1\"}"), ("/headers/X:A", "\"headers\": {\"X:A\": \"1\"}"), ("/headers/", "\"headers\": {\"\": \"1\"}"),
            ("/headers/a.b[0]~1\"", "\"headers\": {\"a.b[0]/\\\"\": \"1\"}"), ("/headers/dkim-signature", "\"headers\": {\"dkim-signature\": \"1\"}"),
            ("/headers/List-Unsubscribe-Post", "\"headers\": {\"List-Unsubscribe-Post\": \"1\"}"), ("/headers/Content-Type", "\"headers\": {\"Content-Type\": \"1\"}"),
            ("/attachments/0/content", "\"attachments\": [null]"), ("/attachments/0/content", "\"attachments\": [{\"fileName\": \"a\"}]"),
            ("/attachments/0/content", "\"attachments\": [{\"fileName\": \"a\", \"content\": \"%\"}]"), ("/attachments/0/content", "\"attachments\": [{\"fileName\": \"a\", \"content\": \"\"}]"),
            ("/attachments/0/fileName", "\"attachments\": [{\"content\": \"aGk=\"}]"), ("/attachments/0/fileName", "\"attachments\": [{\"fileName\": \"\", \"content\": \"aGk=\"}]"),
            ("/attachments/0/fileName", $"\"attachments\": [{{\"fileName\": \"{new string('f', 201)}\", \"content\": \"aGk=\"}}]"),
            ("/attachments/0/fileName", "\"attachments\": [{\"fileName\": \"../a\", \"content\": \"aGk=\"}]"),
            ("/attachments/0/contentType", "\"attachments\": [{\"fileName\": \"a\", \"contentType\": \"text\", \"content\": \"aGk=\"}]"),
            ("/attachments/1/contentId", "\"attachments\": [{\"fileName\": \"a\", \"contentId\": \"x\", \"content\": \"aGk=\"}, {\"fileName\": \"b\", \"contentId\": \"x\", \"content\": \"aGk=\"}]"),
            ("/attachments", $"\"attachments\": [{string.Join(',', Enumerable.Repeat("{\"fileName\": \"a\", \"content\": \"aGk=\"}", 21))}]"),
            ("/tags/0", "\"tags\": [null]"), ("/tags/0", $"\"tags\": [\"{new string('t', 65)}\"]"), ("/tags", $"\"tags\": [{string.Join(',', Enumerable.Range(0, 11).Select(i => $"\"t{i}\""))}]"),
            ("/metadata/k", "\"metadata\": {\"k\": null}"), ("/metadata/k", $"\"metadata\": {{\"k\": \"{new string('v', 501)}\"}}"), ("/metadata/k", "\"metadata\": {\"k\": \"\\u0000\"}"),
            ("/metadata", $"\"metadata\": {{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"k{i}\": \"1\""))}}}"), ("/metadata/a.b~1c", "\"metadata\": {\"a.b/c\": \"\\ud800\"}"),
            ("/metadata/", "\"metadata\": {\"\": \"1\"}"), ("/metadata/k", "\"metadata\": {\"k\": {}}"),
            ("/scheduledAt", "\"scheduledAt\": \"tomorrow\""), ("/scheduledAt", "\"scheduledAt\": \"2999-01-01T00:00:00Z\""), ("/scheduledAt", "\"scheduledAt\": 5"),
            ("/expiresAt", "\"expiresAt\": \"2020-01-01T00:00:00Z\""), ("/expiresAt", "\"expiresAt\": \"2999-01-01T00:00:00Z\""), ("/expiresAt", "\"expiresAt\": \"\""),
            ("/priority", "\"priority\": -1"), ("/priority", "\"priority\": 2097152"), ("/priority", "\"priority\": 1.5"), ("/priority", "\"priority\": 99999999999"),
            ("/provider", "\"provider\": \"no-such\""), ("/provider", "\"provider\": \"\""),
            ("/dedupeKey", "\"dedupeKey\": \"\""), ("/dedupeKey", $"\"dedupeKey\": \"{new string('k', 257)}\""), ("/dedupeKey", "\"dedupeKey\": \"é\""),
            ("/dedupeKey", "\"dedupeWindowSeconds\": 5"), ("/dedupeWindowSeconds", "\"dedupeKey\": \"k\", \"dedupeWindowSeconds\": 86401"),
        ])
        {
            data.Add((pointer, member));
        }

        return data;
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_its_pointer_and_nothing_is_stored()
    {
        foreach (var store in Enum.GetValues<Store>())
        {
            var api = await Hosts.ApiAsync(store);
            var tag = $"bad-{Guid.NewGuid():N}";
            foreach (var (pointer, member) in Wrong())
            {
                var body = With($$"""{"to": "anna@example.com", "subject": "s", "html": "<p>h</p>", "tags": ["{{tag}}"]}""", member);
                using var content = new StringContent(body, Encoding.UTF8, "application/json");

                var refused = await api.SendAsync(HttpMethod.Post, "/api/emails", content);

                Assert.True(
                    refused.Status == 422 && refused.Errors.Any(error => error.GetProperty("field").GetString() == pointer),
                    $"{store}, {member[..Math.Min(150, member.Length)]}: expected 422 and {pointer}, was {refused.Status}: {refused.Text[..Math.Min(600, refused.Text.Length)]}");
                refused.Expect(422, pointer);
                Assert.InRange(refused.Text.Length, 1, 4_000);
            }

            Assert.Empty((await api.GetAsync($"/api/emails?tag={tag}")).Expect(200).Items);
        }
    }

    [Theory]
    [InlineData("{\"key\": \"none\"}", "/template/key", "none")]
    [InlineData("{\"key\": \"a\\u0000b\"}", "/template/key", "")]
    [InlineData("{\"version\": 1}", "/template/key", "")]
    [InlineData("{\"key\": \"KEY\", \"version\": 99}", "/template/version", "99")]
    [InlineData("{\"key\": \"KEY\", \"version\": -1}", "/template/version", "-1")]
    [InlineData("{\"key\": \"KEY\", \"version\": \"one\"}", "/template/version", "")]
    [InlineData("{\"key\": \"KEY\", \"locale\": \"fr_CA;\"}", "/template/locale", "fr_CA;")]
    [InlineData("{\"key\": \"KEY\", \"variables\": 7}", "/template/variables", "")]
    [InlineData("{\"key\": \"KEY\", \"variables\": {}}", "/template/variables/name", "name")]
    [InlineData("{\"key\": \"KEY\", \"variables\": {\"name\": {}}}", "/subject", "name")]
    public async Task Unknown_templates_versions_locales_and_variables_are_named(string template, string field, string named)
    {
        foreach (var store in Enum.GetValues<Store>())
        {
            var api = await Hosts.ApiAsync(store);
            var key = await api.CreateAsync();
            using var content = new StringContent(
                $$"""{"to": "anna@example.com", "template": {{template.Replace("KEY", key, StringComparison.Ordinal)}}}""", Encoding.UTF8, "application/json");

            var refused = (await api.SendAsync(HttpMethod.Post, "/api/emails", content)).Expect(422, field);

            Assert.Contains(named, refused.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>What a mail program would decode does not become a header or a recipient.</summary>
    [Fact]
    public async Task Encoded_line_breaks_stay_text()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        const string Word = "=?utf-8?B?DQpCY2M6IHhAZXhhbXBsZS5jb20=?="; // CR LF Bcc: x@example.com
        var accepted = (await api.PostAsync("/api/emails", new
        {
            to = "anna@example.com", from = $"{Word} <shop@example.com>", cc = new[] { $"=?utf-8?Q?=0D=0ABcc:_x?= <bert@example.com>" }, subject = Word, html = "<p>h</p>",
            headers = new Dictionary<string, string> { ["X-A"] = Word, ["X-B"] = "a%0d%0aBcc: x@example.com", ["X-C"] = "a\u2028Bcc: x@example.com" },
            attachments = new[] { new { fileName = Word, content = "aGk=" } },
        })).Expect(202);

        var raw = (await api.GetAsync($"/api/emails/{accepted.Id}/raw")).Expect(200).Text;

        var head = raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain(head.Split("\r\n"), line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Word, head, StringComparison.Ordinal);
        Assert.DoesNotContain("=0D=0A", head, StringComparison.Ordinal);
        Assert.All(raw.Split("\r\n"), line => Assert.True(line.Length <= 998 && line.IndexOfAny(['\r', '\n', '\0']) < 0));
    }

    [Fact]
    public async Task Files_over_the_limit_are_413_alone_and_in_a_strict_batch_and_named_in_a_partial_one()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        object Mail(int bytes) => new
        {
            to = "anna@example.com", subject = "s", html = "<p>h</p>",
            attachments = new[] { new { fileName = "a", content = Convert.ToBase64String(new byte[bytes]) } },
        };
        object[] emails = [Mail(1), Mail((10 * 1024 * 1024) + 1)];

        (await api.PostAsync("/api/emails", emails[1])).Expect(413, "/attachments");
        (await api.PostAsync("/api/emails/batch", new { emails })).Expect(413, "/emails/1/attachments");
        var partial = (await api.PostAsync("/api/emails/batch", new { emails, mode = "partial" })).Expect(202);

        Assert.Equal("/attachments", partial.Items[1].GetProperty("errors")[0].GetProperty("field").GetString());
        (await api.PostAsync("/api/emails", Mail(22 * 1024 * 1024))).Expect(413, "body");
        (await api.PostAsync("/api/emails/batch", new { emails = new[] { Mail(16 * 1024 * 1024) } })).Expect(413, "body");
    }

    [Fact]
    public async Task A_batch_of_which_nothing_can_be_read_or_that_is_too_long_is_refused_in_both_modes()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var many = Enumerable.Repeat(new { to = "anna@example.com", subject = "s", html = "<p>h</p>" }, 501);
        foreach (var mode in (string[])["strict", "partial"])
        {
            (await api.PostAsync("/api/emails/batch", new { mode, emails = many })).Expect(422, "/emails");
            (await api.PostAsync("/api/emails/batch", new { mode, emails = Array.Empty<object>() })).Expect(422, "/emails");
            (await api.PostAsync("/api/emails/batch", new { mode })).Expect(422, "/emails");
            (await api.PostAsync("/api/emails/batch", new { mode, emails = new object?[] { null, new { } } })).Expect(422, "/emails/0/to");
            (await api.PostAsync("/api/emails/batch", new { mode, emails = new object[] { new { to = 1 } } })).Expect(422, "/emails/0/to");
        }
    }

    [Theory]
    [InlineData("/api/emails?tag=%00")]
    [InlineData("/api/emails?category=%00")]
    [InlineData("/api/emails?batch=%00")]
    [InlineData("/api/suppressions/check?address=a@example.com&category=%00")]
    public async Task A_NUL_in_a_filter_is_no_fault_of_the_host(string path)
    {
        foreach (var store in Enum.GetValues<Store>())
        {
            Assert.InRange((await (await Hosts.ApiAsync(store)).GetAsync(path)).Status, 200, 499);
        }
    }

    private static string With(string body, string member)
    {
        // As text, since what is wrong may be nothing that a JSON writer would write.
        var name = JsonNode.Parse($"{{{(member.Contains("\\ud800", StringComparison.Ordinal) ? member.Replace("\\ud800", "", StringComparison.Ordinal) : member)}}}")!.AsObject().First().Key;
        var rest = JsonNode.Parse(body)!.AsObject();
        rest.Remove(name);
        return $"{{{member}, {rest.ToJsonString()[1..]}";
    }
}
