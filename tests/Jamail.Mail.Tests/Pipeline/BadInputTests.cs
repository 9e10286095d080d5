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
        { "headers[\"Bcc\"]", MailSystem.Mail() with { Headers = new Dictionary<string, string> { ["Bcc"] = "x@example.com" } } },
        { "headers[\"X-A\"]", MailSystem.Mail() with { Headers = new Dictionary<string, string> { ["X-A"] = "1\r\nBcc: x@example.com" } } },
        { "from", MailSystem.Mail() with { From = $"{new string('A', 201)} <anna@example.com>" } },
        { "cc[0]", MailSystem.Mail() with { Cc = ["\ud800 <anna@example.com>"] } },
        { "template", MailSystem.Mail() with { Subject = null, Html = null, Template = "a\0b" } },
        { "attachments[0].contentType", MailSystem.Mail() with { Attachments = [File() with { ContentType = "multipart/mixed" }] } },
        { "attachments[1].contentId", MailSystem.Mail() with { Attachments = [File() with { ContentId = "a" }, File() with { ContentId = "a" }] } },
        { "expiresAt", MailSystem.Mail() with { ExpiresAt = DateTimeOffset.MaxValue } },
        { "idempotencyKey", MailSystem.Mail() with { IdempotencyKey = "a b" } },
        { "cc[1]", MailSystem.Mail() with { Cc = ["Bert <b@example.com>", "Eve\0 <e@example.com>"] } },
        { "bcc[0]", MailSystem.Mail() with { Bcc = ["e@example.com\r\nDATA"] } },
        { "cc", MailSystem.Mail() with { Cc = [.. Enumerable.Repeat("b@example.com", 51)] } },
        { "tags[0]", MailSystem.Mail() with { Tags = ["a b"] } },
        { "tags", MailSystem.Mail() with { Tags = [.. Enumerable.Range(0, 11).Select(i => $"t{i}")] } },
        { "metadata[\"k\"]", MailSystem.Mail() with { Metadata = new Dictionary<string, string> { ["k"] = new('x', 501) } } },
        { "category", MailSystem.Mail() with { Category = "no-such" } },
        { "priority", MailSystem.Mail() with { Priority = -1 } },
        { "locale", MailSystem.Mail() with { Locale = "fr_CA;" } },
        { "expiresAt", MailSystem.Mail() with { ExpiresAt = DateTimeOffset.UnixEpoch } },
        { "scheduledAt", MailSystem.Mail() with { ScheduledAt = DateTimeOffset.UtcNow.AddYears(2) } },
        { "attachments[0].fileName", MailSystem.Mail() with { Attachments = [File() with { FileName = "../../etc" }] } },
        { "attachments[0].fileName", MailSystem.Mail() with { Attachments = [File() with { FileName = "a\r\nX: y" }] } },
        { "attachments[0].contentType", MailSystem.Mail() with { Attachments = [File() with { ContentType = "text/plain\r\nX: y" }] } },
        { "attachments[0].contentId", MailSystem.Mail() with { Attachments = [File() with { ContentId = "a>b" }] } },
        { "attachments[0].content", MailSystem.Mail() with { Attachments = [File() with { Content = default }] } },
    };

    private static EmailAttachment File() => new() { FileName = "a.txt", Content = new byte[1] };

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
