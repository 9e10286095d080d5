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

    /// <summary>The kind of mail; <see langword="null"/>: <c>default</c>.</summary>
    public string? Category { get; init; }

    /// <summary>The template engine; <see langword="null"/>: <c>handlebars</c>.</summary>
    public string? Engine { get; init; }
}
