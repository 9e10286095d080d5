using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>A row of mail_send_log as its job needs it.</summary>
internal sealed class MailJobRow : OutboxRow
{
    public string? CompatId { get; set; }

    public string? TemplateId { get; set; }

    public string Recipient { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Category { get; set; } = "";

    public string? Cc { get; set; }

    public string? Bcc { get; set; }

    public string? ReplyTo { get; set; }

    /// <summary>A JSON list: only these are left; null for all.</summary>
    public string? RecipientsLeft { get; set; }

    public int Attachments { get; set; }

    public string? Headers { get; set; }

    public string? Html { get; set; }

    public int Priority { get; set; }

    /// <summary>When the mail is due, Unix ms; null: at once.</summary>
    public long? DueAt { get; set; }

    public static MailJobRow Of(MailRow row, long leasedUntil) => new()
    {
        LeasedUntil = leasedUntil,
        Id = row.Id,
        JobSeq = row.JobSeq,
        JobKey = row.JobKey,
        CompatId = row.CompatId,
        TemplateId = row.TemplateId,
        Recipient = row.ToAddr,
        Subject = row.Subject,
        Category = row.Category,
        Cc = row.Cc,
        Bcc = row.Bcc,
        ReplyTo = row.ReplyTo,
        RecipientsLeft = row.RecipientsLeft,
        Attachments = row.Attachments,
        Headers = row.Headers,
        Html = row.Html,
        Priority = row.Priority,
        DueAt = row.NextAttemptAt ?? row.ScheduledAt,
        TraceParent = row.Trace,
        TraceState = row.TraceState,
    };
}
