using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>One version of a template. Once published it never changes.</summary>
public sealed record EmailTemplateVersion
{
    /// <summary>Counts from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it was published; else it is a draft.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>Whether e-mails that name no version are made from it.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>The template engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The language for those who have none of the others.</summary>
    public required string DefaultLocale { get; init; }

    /// <summary>The content in each language; empty in lists.</summary>
    public IReadOnlyDictionary<string, EmailTemplateContent> Contents { get; init; } = new Dictionary<string, EmailTemplateContent>();

    /// <summary>What the variables must be: a JSON Schema; <see langword="null"/> for none.</summary>
    public RawJson? Schema { get; init; }

    /// <summary>What was changed, for people.</summary>
    public string? Note { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
