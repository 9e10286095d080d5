using System.Text.Json;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;

namespace Jamail.Mail.Tests.Pipeline;

public class BadInputTests
{
    public static TheoryData<string, EmailMessage> Wrong() => new()
    {
        { "to", MailSystem.Mail("no address") },
        { "to", MailSystem.Mail("a@b.example, d@e.example") },
        { "to", MailSystem.Mail("anna@example.com\r\nBcc: x@example.com") },
        { "from", MailSystem.Mail() with { From = "Anna\r\nBcc: x@example.com <anna@example.com>" } },
        { "replyTo", MailSystem.Mail() with { ReplyTo = "nobody" } },
        { "subject", MailSystem.Mail(subject: "one\r\ntwo") },
        { "subject", MailSystem.Mail(subject: "") },
        { "html", MailSystem.Mail() with { Html = new string('x', (256 * 1024) + 1) } },
        { "html", MailSystem.Mail() with { Html = "\ud800" } },
        { "headers", MailSystem.Mail() with { Headers = new Dictionary<string, string> { ["Bcc"] = "x@example.com" } } },
        { "headers", MailSystem.Mail() with { Headers = new Dictionary<string, string> { ["X-A"] = "1\r\nBcc: x@example.com" } } },
        { "idempotencyKey", MailSystem.Mail() with { IdempotencyKey = "a b" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_breaks_a_rule_is_refused_by_name_and_nothing_is_stored(string field, EmailMessage mail)
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Mailer.SendAsync(mail));

        Assert.Contains(refused.Problems, problem => problem.Field == field);
        Assert.All(refused.Problems, problem => Assert.NotEmpty(problem.Fix));
        Assert.Empty((await host.Log.ListAsync(new SendLogQuery())).Items);
    }

    [Fact]
    public async Task Every_missing_variable_is_named_at_once_and_a_source_that_does_not_parse_by_line_and_column()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with { Works = false });
        var template = await host.Templates.CreateAsync(new EmailTemplateDraft
        {
            Name = "Order", Subject = "Order {{order.id}}", Html = "{{#each order.items}}{{price}}{{/each}} {{name}}",
        });

        var missing = await Assert.ThrowsAsync<InvalidInputException>(() => host.Mailer.SendAsync(new EmailMessage
        {
            To = "anna@example.com", Template = template.Id, Variables = JsonSerializer.SerializeToElement(new { order = new { } }),
        }));
        var unclosed = await Assert.ThrowsAsync<InvalidInputException>(() => host.Templates.CreateAsync(
            new EmailTemplateDraft { Name = "Broken", Subject = "s", Html = "<p>\n  {{#if x}}" }));
        var unknown = await Assert.ThrowsAsync<MailException>(() => host.Mailer.SendAsync(
            new EmailMessage { To = "anna@example.com", Template = "nothing" }));

        Assert.Equal(
            ["variables.name", "variables.order.id", "variables.order.items", "variables.order.items[].price"],
            missing.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.Equal(("html", 2), (unclosed.Problems[0].Field, unclosed.Problems[0].Line));
        Assert.Equal(MailError.TemplateNotFound, unknown.Error);
    }
}
