using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record SendLogView(
    string Id,
    string? TemplateId,
    string Recipient,
    string Subject,
    string Category,
    string Status,
    int Attempts,
    string? Error,
    DateTimeOffset QueuedAt,
    DateTimeOffset? SentAt)
{
    public static SendLogView Of(SendLogEntry entry) => new(
        entry.Id.Value,
        entry.TemplateId,
        entry.Recipient,
        entry.Subject,
        entry.Category,
        WireNames.Of(entry.Status),
        entry.Attempts,
        entry.Error,
        entry.QueuedAt,
        entry.SentAt);
}
