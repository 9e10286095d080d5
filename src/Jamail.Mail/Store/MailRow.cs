namespace Jamail.Mail;

/// <summary>A row of mail_send_log with its content, as it is stored and as the worker reads it.</summary>
internal sealed class MailRow
{
    public string Id { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string? CompatId { get; set; }

    public string? TemplateId { get; set; }

    public string? TemplateVersionId { get; set; }

    public string? TemplateKey { get; set; }

    public string Category { get; set; } = "";

    public string FromAddr { get; set; } = "";

    public string ToAddr { get; set; } = "";

    public byte[] ToHash { get; set; } = [];

    public string ToDomain { get; set; } = "";

    public string? ReplyTo { get; set; }

    public string Subject { get; set; } = "";

    public string MessageId { get; set; } = "";

    public int Status { get; set; }

    public string? StatusReason { get; set; }

    public int Attempts { get; set; }

    public long? ClaimUntil { get; set; }

    public long QueuedAt { get; set; }

    public long? SentAt { get; set; }

    public int JobState { get; set; }

    public int JobSeq { get; set; } = 1;

    public string? JobKey { get; set; }

    public string? JobEpoch { get; set; }

    public long JobDueAt { get; set; }

    /// <summary>Null when the content has been removed.</summary>
    public string? Html { get; set; }

    public string? Text { get; set; }

    /// <summary>A JSON object; null for none.</summary>
    public string? Headers { get; set; }

    public EmailStatus State => (EmailStatus)Status;

    public bool IsFinal => State is EmailStatus.Sent or EmailStatus.Failed or EmailStatus.Uncertain;

    public SendLogEntry ToEntry() => new()
    {
        Id = EmailId.Parse(Id),
        CompatId = CompatId,
        TemplateId = TemplateId,
        Recipient = ToAddr,
        Subject = Subject,
        Category = Category,
        Status = State,
        Attempts = Attempts,
        Error = StatusReason,
        MessageId = MessageId,
        QueuedAt = DateTimeOffset.FromUnixTimeMilliseconds(QueuedAt),
        SentAt = SentAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
    };
}
