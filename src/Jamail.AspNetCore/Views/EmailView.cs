using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record EmailView(
    string Id,
    string Status,
    string From,
    string To,
    IReadOnlyList<string> Cc,
    IReadOnlyList<string> Bcc,
    string? ReplyTo,
    IReadOnlyList<string> RecipientsSent,
    IReadOnlyList<string> RecipientsInDoubt,
    IReadOnlyList<string> RecipientsLeft,
    string Subject,
    EmailTemplateUse? Template,
    string Category,
    IReadOnlyList<string> Tags,
    IReadOnlyDictionary<string, string> Metadata,
    string MessageId,
    int Attempts,
    string? Error,
    int Priority,
    string? BatchId,
    string? ResendOf,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset QueuedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? CompletedAt)
{
    public static EmailView Of(SendLogEntry entry) => new(
        entry.Id.Value,
        WireNames.Of(entry.Status),
        entry.From,
        entry.Recipient,
        entry.Cc,
        entry.Bcc,
        entry.ReplyTo,
        entry.RecipientsSent,
        entry.RecipientsInDoubt,
        entry.RecipientsLeft,
        entry.Subject,
        entry.TemplateId is null ? null : new EmailTemplateUse(entry.TemplateId, entry.TemplateKey, entry.TemplateVersion, entry.Locale),
        entry.Category,
        entry.Tags,
        entry.Metadata,
        entry.MessageId,
        entry.Attempts,
        entry.Error,
        entry.Priority,
        entry.BatchId,
        entry.ResendOf?.Value,
        entry.ScheduledAt,
        entry.ExpiresAt,
        entry.QueuedAt,
        entry.SentAt,
        entry.CompletedAt);
}

internal sealed record EmailTemplateUse(string Id, string? Key, int? Version, string? Locale);
