using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Jamail.Mail;
using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>An e-mail to be sent.</summary>
[BodyRule(Limit = 28 * 1024 * 1024, UsesPointers = true)]
internal sealed record EmailRequest
{
    [Required]
    [Description("The recipient: one address, as in 'anna@example.com'.")]
    public string? To { get; init; }

    [Description("The sender: an address, or 'Name <address>'. Default: the host's.")]
    public string? From { get; init; }

    [Description("Further recipients that everybody sees; with bcc at most 50.")]
    public IReadOnlyList<string>? Cc { get; init; }

    [Description("Further recipients that nobody sees.")]
    public IReadOnlyList<string>? Bcc { get; init; }

    [Description("Where answers go: one address.")]
    public string? ReplyTo { get; init; }

    [Description("The subject, one line of at most 250 characters; without a template.")]
    public string? Subject { get; init; }

    [Description("The HTML content, at most 256 KiB; without a template.")]
    public string? Html { get; init; }

    [Description("The plain text, at most 256 KiB; without a template. Left out: made from the HTML.")]
    public string? Text { get; init; }

    [Description("The template it is made from.")]
    public EmailTemplateRequest? Template { get; init; }

    [Description("The kind of mail. Default: the template's, else 'default'.")]
    public string? Category { get; init; }

    [Description("Headers of your own, at most 20.")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    [Description("Files and inline images, at most 20.")]
    public IReadOnlyList<EmailAttachmentRequest>? Attachments { get; init; }

    [Description("Words to find it by, at most 10.")]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("Facts of your own that are stored and shown, at most 20 texts.")]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    [Description("Not before this time.")]
    public DateTimeOffset? ScheduledAt { get; init; }

    [Description("Not after this time.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("Order in the queue: 0 goes first, 2,097,151 last. Default: the category's.")]
    public int? Priority { get; init; }

    [Description("The mail server to go by, by its name, and by no other. Default: as the category says.")]
    public string? Provider { get; init; }

    [Description("What it is about, as in 'password-4711': another one with this key within the window is not sent, and gets the answer of the first.")]
    public string? DedupeKey { get; init; }

    [Description("How long dedupeKey keeps others out, 1 to 86400 seconds. Default: 60.")]
    public int? DedupeWindowSeconds { get; init; }

    /// <param name="tenant">On whose behalf.</param>
    /// <param name="problems">Takes what is missing.</param>
    public EmailMessage ToMessage(string tenant, RequiredFields problems) => new()
    {
        To = problems.Text("to", To),
        From = From,
        Cc = problems.Texts("cc", Cc),
        Bcc = problems.Texts("bcc", Bcc),
        ReplyTo = ReplyTo,
        Subject = Subject,
        Html = Html,
        Text = Text,
        Template = Template is null ? null : problems.Text("template.key", Template.Key),
        TemplateVersion = Template?.Version,
        Locale = Template?.Locale,
        Variables = Template is null ? null : Variables.Check(Template.Variables, problems, "template.variables"),
        Category = Category,
        Headers = problems.Texts("headers", Headers),
        Attachments = [.. (Attachments ?? []).Select((file, i) => (file ?? new EmailAttachmentRequest()).ToAttachment($"attachments[{i}]", problems))],
        Tags = problems.Texts("tags", Tags),
        Metadata = problems.Texts("metadata", Metadata),
        ScheduledAt = ScheduledAt,
        ExpiresAt = ExpiresAt,
        Priority = Priority,
        Provider = Provider,
        DedupeKey = DedupeKey,
        DedupeWindow = DedupeWindowSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Tenant = tenant,
    };

    /// <summary>A problem of the message, its field named as it stands in the request.</summary>
    public static InputProblem InRequest(InputProblem problem) => problem with { Field = problem.Field switch
    {
        "idempotencyKey" => problem.Field,
        "template" or "template.key" => "template.key",
        "locale" => "template.locale",
        "dedupeWindow" => "dedupeWindowSeconds",
        "templateVersion" => "template.version",
        _ when problem.Field == "variables" || problem.Field.StartsWith("variables.", StringComparison.Ordinal) => $"template.{problem.Field}",
        _ => problem.Field,
    } };
}
