using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>What a template is made of, to create one or to publish a new version.</summary>
public sealed record EmailTemplateDraft
{
    /// <summary>
    /// A short name for code and URLs: lower-case letters, digits, '-', '.' and '_', at most 100.
    /// <see langword="null"/>: made from <see cref="Name"/> at creation, kept at an update.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>A name for people, 1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The subject's source.</summary>
    public required string Subject { get; init; }

    /// <summary>The HTML's source; at most 256 KiB.</summary>
    public required string Html { get; init; }

    /// <summary>The plain text's source, at most 256 KiB; <see langword="null"/>: the text is made from the HTML.</summary>
    public string? Text { get; init; }

    /// <summary>The source of the line that inboxes show beside the subject, text of at most 250 characters; <see langword="null"/> for none.</summary>
    public string? Preheader { get; init; }

    /// <summary>The kind of mail; <see langword="null"/>: <c>default</c>.</summary>
    public string? Category { get; init; }

    /// <summary>The template engine; <see langword="null"/>: <c>handlebars</c>.</summary>
    public string? Engine { get; init; }

    /// <summary>The language of the sources above, such as <c>en</c>; <see langword="null"/>: <c>en</c>.</summary>
    public string? DefaultLocale { get; init; }

    /// <summary>The sources in further languages, at most 50.</summary>
    public IReadOnlyDictionary<string, EmailTemplateContent> Locales { get; init; } = new Dictionary<string, EmailTemplateContent>();

    /// <summary>The key of the layout that stands around the HTML; <see langword="null"/> for none.</summary>
    public string? Layout { get; init; }

    /// <summary>
    /// What the variables must be when an e-mail is accepted: a JSON Schema of at most 64 KiB; <see langword="null"/>: what
    /// the sources use must be there, and nothing else is asked.
    /// </summary>
    public RawJson? Schema { get; init; }

    /// <summary>What was changed, for people; at most 500 characters.</summary>
    public string? Note { get; init; }
}
