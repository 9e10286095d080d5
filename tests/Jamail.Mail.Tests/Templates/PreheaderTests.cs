using System.Data.Common;
using System.Text.Json;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;

namespace Jamail.Mail.Tests.Templates;

public class PreheaderTests
{
    [Theory]
    [InlineData("<p>x</p>", "HERE<p>x</p>")]
    [InlineData("<!doctype html><html><head><title><body></title></head><body class=\"a>b\"><p>x</p></body></html>", "<!doctype html><html><head><title><body></title></head><body class=\"a>b\">HERE<p>x</p></body></html>")]
    [InlineData("<!-- <body> --><style>a::before{content:'<body>'}</style><BODY>x", "<!-- <body> --><style>a::before{content:'<body>'}</style><BODY>HEREx")]
    [InlineData("<html><head></head><p>x", "<html><head></head>HERE<p>x")]
    [InlineData("1 < 2 <p>x <body>y", "1 < 2 <p>x <body>HEREy")]
    [InlineData("a < b <!-- never closed", "HEREa < b <!-- never closed")]
    public void It_stands_at_the_beginning_of_the_body(string html, string expected)
    {
        var with = Preheader.Insert(html, "HERE");
        var begin = with.IndexOf("<div style=\"display:none", StringComparison.Ordinal);
        var end = with.IndexOf("</div>", begin, StringComparison.Ordinal) + "</div>".Length;

        Assert.Equal(expected, $"{with[..begin]}HERE{with[end..]}");
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task It_is_rendered_escaped_in_its_language_and_left_out_of_the_text(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var welcome = new EmailTemplateDraft
        {
            Name = "Hi", Key = "hi", Subject = "Hello", Html = "<html><body><p>Welcome</p></body></html>", Preheader = "For <you>, {{name}} & {{{name}}}",
            Locales = new Dictionary<string, EmailTemplateContent> { ["fr"] = new("Bonjour", "<p>Salut</p>") { Preheader = "Pour {{name}}" } },
        };
        await host.Templates.CreateAsync(welcome);
        var draft = await host.Templates.CreateDraftAsync("hi", welcome with { Preheader = "Other" });
        var variables = JsonSerializer.SerializeToElement(new { name = "<b>" });

        var english = await host.Templates.PreviewAsync("hi", variables);
        var french = await host.Templates.PreviewAsync("hi", new TemplatePreview { Locale = "fr", Variables = variables });
        var difference = Assert.Single(await host.Templates.DiffAsync("hi", 1, 2));
        await host.Templates.PublishAsync("hi", 2);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Templates.UpdateAsync("hi", welcome with { Preheader = new string('x', 251), Locales = new Dictionary<string, EmailTemplateContent> { ["fr"] = new("a", "b") { Preheader = "a\nb" } } }));
        var broken = await Assert.ThrowsAsync<InvalidInputException>(() => host.Templates.UpdateAsync("hi", welcome with { Preheader = "{{#if a}}" }));

        Assert.Contains("mso-hide:all\">For &lt;you&gt;, &lt;b&gt; &amp; <b>&#847;", english.Html, StringComparison.Ordinal);
        Assert.Equal("Welcome", english.Text);
        Assert.Contains("Pour &lt;b&gt;", french.Html, StringComparison.Ordinal);
        Assert.Equal("Salut", french.Text);
        Assert.Equal(("preheader", "Other"), (difference.Part, draft.Contents["en"].Preheader));
        Assert.Contains("Other&#847;", (await host.Templates.PreviewAsync("hi", variables)).Html, StringComparison.Ordinal);
        Assert.Equal(["locales.fr.preheader", "preheader"], refused.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.Equal(("preheader", 1), (Assert.Single(broken.Problems).Field, broken.Problems[0].Line));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task The_database_refuses_to_change_what_was_published(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        await host.Templates.CreateAsync(new EmailTemplateDraft { Name = "Hi", Key = "hi", Subject = "Hello", Html = "<p>x</p>" });

        foreach (var statement in (string[])
        [
            "update {t}mail_template_content set html = 'y'", "update {t}mail_template_content set preheader = 'y'", "update {t}mail_template_version set note = 'y'",
            "update {t}mail_template_version set status = 0",
        ])
        {
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => host.ExecuteAsync(statement));
            Assert.Contains("another version", refused.Message, StringComparison.Ordinal);
        }
    }
}
