using System.Text.Json;
using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record TemplateVersionView(
    int Version,
    bool IsPublished,
    bool IsCurrent,
    string Engine,
    string DefaultLocale,
    IReadOnlyDictionary<string, EmailTemplateContent>? Contents,
    JsonElement? Schema,
    string? Note,
    DateTimeOffset CreatedAt)
{
    public static TemplateVersionView Of(EmailTemplateVersion version) => new(
        version.Version,
        version.IsPublished,
        version.IsCurrent,
        version.Engine,
        version.DefaultLocale,
        version.Contents.Count == 0 ? null : version.Contents,
        version.Schema is { } schema ? JsonSerializer.Deserialize<JsonElement>(schema.Utf8.Span) : null,
        version.Note,
        version.CreatedAt);
}
