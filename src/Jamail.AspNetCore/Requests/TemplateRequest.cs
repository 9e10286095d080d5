using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Jamail.Mail;

namespace Jamail.AspNetCore;

/// <summary>What a template is made of.</summary>
internal sealed record TemplateRequest
{
    [Required]
    [Description("A name for people, 1 to 200 characters.")]
    public string? Name { get; init; }

    [Required]
    [Description("The subject: one line, Handlebars.")]
    public string? Subject { get; init; }

    [Required]
    [Description("The HTML content, Handlebars: {{name}} is escaped, {{{name}}} is not.")]
    public string? Html { get; init; }

    [Description("The plain text, Handlebars. Left out: made from the HTML.")]
    public string? Text { get; init; }

    [Description("The kind of mail, for filters and policies. Default: 'default'.")]
    public string? Category { get; init; }

    [Description("A short name for URLs and code, unique. Left out: made from the name.")]
    public string? Key { get; init; }

    [Description("The template engine. Default: 'handlebars'.")]
    public string? Engine { get; init; }

    public EmailTemplateDraft ToDraft()
    {
        var fields = new RequiredFields();
        var draft = new EmailTemplateDraft
        {
            Name = fields.Text("name", Name),
            Subject = fields.Text("subject", Subject),
            Html = fields.Text("html", Html),
            Text = Text,
            Category = Category,
            Key = Key,
            Engine = Engine,
        };
        fields.ThrowIfMissing();
        return draft;
    }
}
