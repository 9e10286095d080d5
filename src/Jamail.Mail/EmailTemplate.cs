namespace Jamail.Mail;

/// <summary>A template in its current version.</summary>
public sealed record EmailTemplate
{
    /// <summary>A UUID in lower case with hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>A short name for code and URLs, unique within the tenant.</summary>
    public required string Key { get; init; }

    /// <summary>A name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The subject's source.</summary>
    public required string Subject { get; init; }

    /// <summary>The HTML's source.</summary>
    public required string Html { get; init; }

    /// <summary>The plain text's source; <see langword="null"/>: the text is made from the HTML.</summary>
    public string? Text { get; init; }

    /// <summary>The kind of mail.</summary>
    public required string Category { get; init; }

    /// <summary>The template engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The language of these sources; other languages are read with the version.</summary>
    public string DefaultLocale { get; init; } = "en";

    /// <summary>The number of this version; the first is 1.</summary>
    public required int Version { get; init; }

    /// <summary>When the template was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this version was published.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
