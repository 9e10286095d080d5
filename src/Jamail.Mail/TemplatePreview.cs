using System.Text.Json;

namespace Jamail.Mail;

/// <summary>What to render of a template.</summary>
public sealed record TemplatePreview
{
    /// <summary>A published version; <see langword="null"/>: the current one.</summary>
    public int? Version { get; init; }

    /// <summary>The language; <see langword="null"/>: the default one.</summary>
    public string? Locale { get; init; }

    /// <summary>What the placeholders stand for: a JSON object; <see langword="null"/> for none.</summary>
    public JsonElement? Variables { get; init; }
}
