using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record TemplateView(
    string Id,
    string Key,
    string Name,
    string Subject,
    string Html,
    string? Text,
    string Category,
    string Engine,
    int Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static TemplateView Of(EmailTemplate template) => new(
        template.Id,
        template.Key,
        template.Name,
        template.Subject,
        template.Html,
        template.Text,
        template.Category,
        template.Engine,
        template.Version,
        template.CreatedAt,
        template.UpdatedAt);
}
