using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using Jamail.Mail;
using Jamail.Queueing;

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

    [Description("The line that inboxes show beside the subject: text, at most 250 characters, Handlebars.")]
    public string? Preheader { get; init; }

    [Description("The kind of mail, for filters and policies. Default: 'default'.")]
    public string? Category { get; init; }

    [Description("A short name for URLs and code, unique. Left out: made from the name.")]
    public string? Key { get; init; }

    [Description("The template engine. Default: 'handlebars'.")]
    public string? Engine { get; init; }

    [Description("The language of subject, html and text. Default: 'en'.")]
    public string? DefaultLocale { get; init; }

    [Description("The sources in further languages, by language.")]
    public IReadOnlyDictionary<string, TemplateContentRequest>? Locales { get; init; }

    [Description("The key of the layout that stands around the HTML.")]
    public string? Layout { get; init; }

    [Description("What the variables must be: a JSON Schema.")]
    public JsonElement? Schema { get; init; }

    [Description("What was changed, for people.")]
    public string? Note { get; init; }

    public EmailTemplateDraft ToDraft()
    {
        var fields = new RequiredFields();
        var draft = new EmailTemplateDraft
        {
            Name = fields.Text("name", Name),
            Subject = fields.Text("subject", Subject),
            Html = fields.Text("html", Html),
            Text = Text,
            Preheader = Preheader,
            Category = Category,
            Key = Key,
            Engine = Engine,
            DefaultLocale = DefaultLocale,
            Locales = (Locales ?? new Dictionary<string, TemplateContentRequest>()).ToDictionary(
                locale => locale.Key,
                locale => new EmailTemplateContent(
                    fields.Text($"locales.{locale.Key}.subject", locale.Value?.Subject),
                    fields.Text($"locales.{locale.Key}.html", locale.Value?.Html),
                    locale.Value?.Text) { Preheader = locale.Value?.Preheader },
                StringComparer.Ordinal),
            Layout = Layout,
            Schema = Schema is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } schema
                ? new RawJson(Encoding.UTF8.GetBytes(schema.GetRawText()))
                : null,
            Note = Note,
        };
        fields.ThrowIfMissing();
        return draft;
    }
}
