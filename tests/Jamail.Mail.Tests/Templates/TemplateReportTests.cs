using System.Text;
using System.Text.Json;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail.Tests.Templates;

public class TemplateReportTests
{
    private static readonly EmailTemplateDraft Order = new()
    {
        Name = "Order", Key = "order", Subject = "Order {{order.id}}",
        Html = "{{#each order.items}}<p>{{name}} {{price.gross}}</p>{{/each}}{{#if note}}{{note}}{{/if}}", Text = "{{who}}",
    };

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_version_is_looked_over_as_it_would_be_published_now(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var template = await host.Templates.CreateAsync(Order);
        await host.Templates.CreateDraftAsync("order", Order with { Html = "<a href=\"http://example.com\">{{who}}</a>" });

        var current = await host.Templates.ValidateAsync($"tpl_{template.Id}", null);
        var draft = await host.Templates.ValidateAsync("order", 2);
        var none = await Assert.ThrowsAsync<InvalidInputException>(() => host.Templates.ValidateAsync("order", 3));
        var unknown = await Assert.ThrowsAsync<MailException>(() => host.Templates.ValidateAsync("none", null));

        Assert.True(current.IsValid);
        Assert.DoesNotContain(current.Findings, finding => finding.Message.Contains("https", StringComparison.Ordinal));
        Assert.Contains(draft.Findings, finding => finding.Message.Contains("https", StringComparison.Ordinal));
        Assert.Equal("version", Assert.Single(none.Problems).Field);
        Assert.Equal(MailError.TemplateNotFound, unknown.Error);
    }

    [Fact]
    public async Task A_schema_is_inferred_that_its_own_template_is_satisfied_with()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });

        var schema = (await host.Templates.ValidateAsync(Order)).InferredSchema!.Value;

        Assert.Equal(
            """
            {"type":"object","properties":{"note":{},"order":{"type":"object","properties":{"id":{},"items":{"type":"array","items":{"type":"object",
            "properties":{"name":{},"price":{"type":"object","properties":{"gross":{}},"required":["gross"]}},"required":["name","price"]}}},
            "required":["id","items"]},"who":{}},"required":["order","who"]}
            """.ReplaceLineEndings(""),
            schema.GetRawText());
        var problems = new List<InputProblem>();
        var parsed = JsonSchema.Parse(schema.GetRawText(), "schema", problems);
        Assert.Empty(problems);
        Assert.Empty(parsed!.Validate(JsonSerializer.SerializeToElement(new { order = new { id = 1, items = new[] { new { name = "a", price = new { gross = 1 } } } }, who = "b" })));
        Assert.NotEmpty(parsed.Validate(JsonSerializer.SerializeToElement(new { order = new { id = 1 }, who = "b" })));
    }

    [Fact]
    public async Task Variables_that_the_schema_does_not_know_and_those_that_a_language_lacks_are_warnings()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        const string Schema =
            """{"type":"object","properties":{"order":{"type":"object","properties":{"id":{"type":"string"},"items":{"type":"array","items":{"type":"object","properties":{"name":{}}}}}},"more":{"type":"object"}}}""";

        var report = await host.Templates.ValidateAsync(Order with
        {
            Schema = new RawJson(Encoding.UTF8.GetBytes(Schema)), Text = "{{who}} {{more.anything}}",
            Locales = new Dictionary<string, EmailTemplateContent> { ["fr"] = new("Commande {{order.id}}", "<p>x</p>", "y") },
        });

        Assert.True(report.IsValid);
        Assert.Equal(
            ["note", "order.items[].price.gross", "who"],
            report.Findings.Where(finding => finding.Field == "schema").Select(Named).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["more.anything", "note", "order.items", "order.items[].name", "order.items[].price.gross", "who"],
            report.Findings.Where(finding => finding.Field == "locales.fr").Select(Named).Order(StringComparer.Ordinal));

        static string Named(TemplateFinding finding) => finding.Message.Split('\'')[1];
    }

    [Fact]
    public async Task A_preview_tells_its_size_and_what_readers_may_not_see()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        await host.Templates.CreateAsync(new EmailTemplateDraft { Name = "Long", Key = "long", Subject = "ä", Html = "{{#each a}}{{this}}{{/each}}", Text = "b" });
        Task<RenderedEmail> PreviewAsync(int times) => host.Templates.PreviewAsync(
            "long", JsonSerializer.SerializeToElement(new { a = Enumerable.Repeat(new string('x', 1024), times) }));

        var small = await PreviewAsync(1);
        var large = await PreviewAsync(103);

        Assert.Equal(2 + 1024 + 1, small.Size);
        Assert.Empty(small.Warnings);
        Assert.Contains("102 KB", Assert.Single(large.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_asks_for_no_language_or_one_that_is_not_there_is_in_its_tenants_usual_one()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            Works = false,
            More = new Dictionary<string, string?> { ["Jamail:Mail:DefaultLocales:*"] = "de", ["Jamail:Mail:DefaultLocales:shop"] = "fr-CA" },
        });
        foreach (var tenant in (string[])["default", "shop"])
        {
            await host.Templates.CreateAsync(
                new EmailTemplateDraft
                {
                    Name = "Hi", Key = "hi", Subject = "Hello", Html = "<p>x</p>",
                    Locales = new Dictionary<string, EmailTemplateContent> { ["de"] = new("Hallo", "<p>x</p>"), ["fr"] = new("Bonjour", "<p>x</p>") },
                },
                tenant);
        }

        foreach (var (tenant, wanted, subject) in new[]
        {
            ("default", null, "Hallo"), ("default", "it", "Hallo"), ("default", "fr", "Bonjour"), ("default", "en", "Hello"),
            ("shop", null, "Bonjour"), ("shop", "it-CH", "Bonjour"), ("shop", "de-AT", "Hallo"),
        })
        {
            var id = await host.Mailer.SendAsync(new EmailMessage { To = "anna@example.com", Template = "hi", Tenant = tenant, Locale = wanted });
            Assert.Equal((tenant, wanted, subject), (tenant, wanted, (await host.Log.TryGetAsync(id.Value, tenant))!.Subject));
        }

        Assert.Contains("DefaultLocales:x is 'fr_CA'", (await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => system.StartHostAsync(settings => settings with { More = new Dictionary<string, string?> { ["Jamail:Mail:DefaultLocales:x"] = "fr_CA" } }))).Message, StringComparison.Ordinal);
    }
}
