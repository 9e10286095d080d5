using System.Text;
using System.Text.Json;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Templates;

public class TemplateVersionTests
{
    private static readonly EmailTemplateDraft Welcome = new() { Name = "Welcome", Key = "welcome", Subject = "Hello {{name}}", Html = "<p>One {{name}}</p>" };

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_draft_is_nobodys_until_it_is_published_and_an_older_version_can_come_back(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        await host.Templates.CreateAsync(Welcome);

        var draft = await host.Templates.CreateDraftAsync("welcome", Welcome with { Html = "<p>Two {{name}}</p>", Note = "shorter" });
        var before = await PreviewAsync(host);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Mailer.SendAsync(Mail() with { TemplateVersion = 2 }));
        var conflict = await Assert.ThrowsAsync<MailException>(() => host.Templates.PublishAsync("welcome", 2, expectedVersion: 7));
        await host.Templates.PublishAsync("welcome", 2, expectedVersion: 1);
        var after = await PreviewAsync(host);
        var pinned = await host.Mailer.SendAsync(Mail() with { TemplateVersion = 1 });
        var back = await host.Templates.PublishAsync("welcome", 1);

        Assert.Equal((2, false, "shorter"), (draft.Version, draft.IsPublished, draft.Note));
        Assert.Equal("templateVersion", Assert.Single(refused.Problems).Field);
        Assert.Equal(MailError.Conflict, conflict.Error);
        Assert.Equal(("<p>One Anna</p>", "<p>Two Anna</p>"), (before, after));
        Assert.Equal(1, (await host.Log.TryGetAsync(pinned.Value))!.TemplateVersion);
        Assert.Equal("<p>One Anna</p>", (await host.Log.TryGetContentAsync(pinned.Value))!.Html);
        Assert.Equal(1, back.Version);
        Assert.Equal([(2, false), (1, true)], (await host.Templates.ListVersionsAsync("welcome")).Select(version => (version.Version, version.IsCurrent)));
        var difference = Assert.Single(await host.Templates.DiffAsync("welcome", 1, 2));
        Assert.Equal(("en", "html"), (difference.Locale, difference.Part));
        Assert.Equal(["-<p>One {{name}}</p>", "+<p>Two {{name}}</p>"], difference.Lines);
        Assert.Equal(3, (await host.Templates.UpdateAsync("welcome", Welcome)).Version);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_language_falls_back_to_its_parent_and_then_to_the_default(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        await host.Templates.CreateAsync(Welcome with
        {
            Locales = new Dictionary<string, EmailTemplateContent> { ["fr"] = new("Bonjour {{name}}", "<p>Un {{name}}</p>"), ["de"] = new("Hallo", "<p>Eins</p>", "Text") },
        });

        foreach (var (wanted, used, subject) in new[] { ("fr-CA", "fr", "Bonjour Anna"), ("FR", "fr", "Bonjour Anna"), ("it", "en", "Hello Anna"), ("de-AT", "de", "Hallo") })
        {
            var id = await host.Mailer.SendAsync(Mail() with { Locale = wanted });
            var entry = (await host.Log.TryGetAsync(id.Value))!;
            Assert.Equal((used, subject), (entry.Locale, entry.Subject));
        }

        var wrong = await Assert.ThrowsAsync<InvalidInputException>(() => host.Templates.CreateAsync(Welcome with
        {
            Key = "other", Locales = new Dictionary<string, EmailTemplateContent> { ["fr"] = new("{{#if x}}", "ok") },
        }));
        Assert.Equal("locales.fr.subject", Assert.Single(wrong.Problems).Field);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Layout_and_partials_are_those_of_the_moment_of_publishing(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var parts = host.Services.GetRequiredService<ITemplateParts>();
        await parts.SaveAsync(TemplatePartKind.Layout, "frame", "<style>p { color: red }</style><body>{{> content}}{{> footer}}</body>");
        await parts.SaveAsync(TemplatePartKind.Partial, "footer", "<p>Bye {{name}}</p>");
        await host.Templates.CreateAsync(Welcome with { Layout = "frame" });

        var second = await parts.SaveAsync(TemplatePartKind.Partial, "footer", "<p>Cheers</p>");
        var old = await PreviewAsync(host);
        await host.Templates.UpdateAsync("welcome", Welcome with { Layout = "frame" });

        Assert.Equal(2, second.Version);
        Assert.Contains("<p style=\"color: red\">One Anna</p><p style=\"color: red\">Bye Anna</p>", old, StringComparison.Ordinal);
        Assert.Contains("Cheers", await PreviewAsync(host), StringComparison.Ordinal);
        await parts.SaveAsync(TemplatePartKind.Partial, "a", "{{> b}}");
        await parts.SaveAsync(TemplatePartKind.Partial, "b", "{{> a}}");
        foreach (var (draft, field) in new[] { (Welcome with { Html = "{{> a}}" }, "html"), (Welcome with { Html = "{{> none}}" }, "html"), (Welcome with { Layout = "none" }, "layout") })
        {
            Assert.Contains((await Assert.ThrowsAsync<InvalidInputException>(() => host.Templates.UpdateAsync("welcome", draft))).Problems, problem => problem.Field == field);
        }
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Variables_are_checked_against_the_schema_when_a_mail_is_accepted(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        const string Schema = """{"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":5},"n":{"type":"integer"}}}""";
        await host.Templates.CreateAsync(Welcome with { Schema = new RawJson(Encoding.UTF8.GetBytes(Schema)) });

        var wrong = await Assert.ThrowsAsync<InvalidInputException>(() => host.Mailer.SendAsync(Mail("""{"name":"Annabella","n":1.5}""")));
        await host.Mailer.SendAsync(Mail("""{"name":"Anna","n":2}"""));
        var bad = await Assert.ThrowsAsync<InvalidInputException>(() => host.Templates.CreateAsync(
            Welcome with { Key = "bad", Schema = new RawJson("""{"type":"thing"}"""u8.ToArray()) }));

        Assert.Equal(["variables.n", "variables.name"], wrong.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.All(bad.Problems, problem => Assert.StartsWith("schema", problem.Field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Validating_tells_errors_warnings_and_the_variables()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });

        var report = await host.Templates.ValidateAsync(Welcome with
        {
            Html = "<a href=\"http://example.com\">x</a><a href=\"{{url}}\">y</a>{{{raw}}}" + new string('x', 103 * 1024),
        });
        var broken = await host.Templates.ValidateAsync(Welcome with { Html = "{{#if a}}" });

        Assert.True(report.IsValid);
        Assert.Equal(["name", "raw", "url"], report.Variables.Order(StringComparer.Ordinal));
        foreach (var word in (string[])["102 KB", "not https", "variable as a whole", "without escaping", "made from the HTML"])
        {
            Assert.Contains(report.Findings, finding => !finding.IsError && finding.Message.Contains(word, StringComparison.Ordinal));
        }

        Assert.False(broken.IsValid);
        Assert.Contains(broken.Findings, finding => finding is { IsError: true, Field: "html" });
    }

    private static EmailMessage Mail(string variables = """{"name":"Anna"}""") => new()
    {
        To = "anna@example.com", Template = "welcome", Variables = JsonSerializer.Deserialize<JsonElement>(variables),
    };

    private static async Task<string> PreviewAsync(MailHost host) =>
        (await host.Templates.PreviewAsync("welcome", JsonSerializer.SerializeToElement(new { name = "Anna" }))).Html;
}
