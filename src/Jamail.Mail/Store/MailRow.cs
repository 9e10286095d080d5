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

    public int? TemplateVersion { get; set; }

    public string? Locale { get; set; }

    public string Category { get; set; } = "";

    public string FromAddr { get; set; } = "";

    public string ToAddr { get; set; } = "";

    public byte[] ToHash { get; set; } = [];

    public string ToDomain { get; set; } = "";

    /// <summary>A JSON list of addresses; null for none.</summary>
    public string? Cc { get; set; }

    public string? Bcc { get; set; }

    public string? ReplyTo { get; set; }

    public string Subject { get; set; } = "";

    public string MessageId { get; set; } = "";

    public int Status { get; set; } = (int)EmailStatus.Queued;

    public string? StatusReason { get; set; }

    public int Attempts { get; set; }

    /// <summary>How often it was put off for a temporary reason on the other side.</summary>
    public int Deferrals { get; set; }

    /// <summary>How often it was sent again by itself after a doubt.</summary>
    public int Resends { get; set; }

    /// <summary>Of the job; 0 goes first.</summary>
    public int Priority { get; set; }

    /// <summary>Not before this time; null: at once.</summary>
    public long? ScheduledAt { get; set; }

    /// <summary>Not after this time; null: ever.</summary>
    public long? ExpiresAt { get; set; }

    /// <summary>When a mail that waits is due again; of an uncertain one: when it is sent again, null when it is not.</summary>
    public long? NextAttemptAt { get; set; }

    /// <summary>The name of the mail server used last; null before the first.</summary>
    public string? Provider { get; set; }

    /// <summary>The name of the mail server it was asked to go by; null: as its category says.</summary>
    public string? WantedProvider { get; set; }

    /// <summary>
    /// A JSON list of the addresses of its envelope that it has not gone to, when it went to the others; null: to all, or to none.
    /// </summary>
    public string? RecipientsLeft { get; set; }

    /// <summary>
    /// A JSON list of those of them that the last transaction left out, which may be under way or in doubt; null: none.
    /// </summary>
    public string? PartLeft { get; set; }

    /// <summary>When it first came into doubt, Unix ms; null: never.</summary>
    public long? DoubtSince { get; set; }

    /// <summary>Copies that were left out because their address is suppressed; known while the mail is being stored.</summary>
    public IReadOnlyList<string> LeftOut { get; set; } = [];

    /// <summary>1: the suppression list names its recipient, for whatever; 0: it does not. Known when the row is read.</summary>
    public int? Listed { get; set; }

    /// <summary>The mail this one was made again from.</summary>
    public string? ResendOf { get; set; }

    /// <summary>A JSON list; null for none.</summary>
    public string? Tags { get; set; }

    /// <summary>A JSON object; null for none.</summary>
    public string? Metadata { get; set; }

    public string? BatchId { get; set; }

    /// <summary>How many files it carries.</summary>
    public int Attachments { get; set; }

    /// <summary>Until when its content is kept, Unix ms; null: for ever, or gone.</summary>
    public long? BodyUntil { get; set; }

    public long? LogUntil { get; set; }

    /// <summary>1: goes out in spite of a suppression.</summary>
    public int Forced { get; set; }

    public string? ClaimToken { get; set; }

    public long? ClaimUntil { get; set; }

    public long QueuedAt { get; set; }

    public long? SentAt { get; set; }

    public long? CompletedAt { get; set; }

    /// <summary>Of its row in mail_job, written with it only: later it changes without this one.</summary>
    public int JobState { get; set; }

    public int JobSeq { get; set; } = 1;

    public string? JobKey { get; set; }

    public string? JobEpoch { get; set; }

    public long JobDueAt { get; set; }

    /// <summary>The trace of who stored it, as a W3C <c>traceparent</c>; null for none. Written with the row only.</summary>
    public string? Trace { get; set; }

    public string? TraceState { get; set; }

    /// <summary>Null when the content has been removed.</summary>
    public string? Html { get; set; }

    public string? Text { get; set; }

    /// <summary>A JSON object; null for none.</summary>
    public string? Headers { get; set; }

    /// <summary>From when on its age counts, Unix ms.</summary>
    public long DueFrom => ScheduledAt ?? QueuedAt;

    public EmailStatus State => (EmailStatus)Status;

    /// <summary>Nothing more is done by itself.</summary>
    public bool IsFinal => State switch
    {
        EmailStatus.Scheduled or EmailStatus.Queued or EmailStatus.Sending or EmailStatus.Deferred or EmailStatus.Retrying => false,
        EmailStatus.Uncertain => NextAttemptAt is null,
        _ => true,
    };

    public SendLogEntry ToEntry() => ToEntry(MailRecipients.Of(this));

    private SendLogEntry ToEntry(MailRecipients recipients) => new()
    {
        Id = EmailId.Parse(Id),
        CompatId = CompatId,
        TemplateId = TemplateId,
        TemplateKey = TemplateKey,
        TemplateVersion = TemplateVersion,
        Locale = Locale,
        From = FromAddr,
        Recipient = ToAddr,
        Cc = StoredJson.List(Cc),
        Bcc = StoredJson.List(Bcc),
        ReplyTo = ReplyTo,
        RecipientsSent = recipients.Sent,
        RecipientsInDoubt = recipients.InDoubt,
        RecipientsLeft = recipients.Left,
        Subject = Subject,
        Category = Category,
        Tags = StoredJson.List(Tags),
        Metadata = StoredJson.Map(Metadata),
        BatchId = BatchId,
        ResendOf = ResendOf is null ? null : EmailId.Parse(ResendOf),
        Priority = Priority,
        Status = State,
        Attempts = Attempts,
        Deferrals = Deferrals,
        Resends = Resends,
        Provider = Provider,
        NextAttemptAt = Time(NextAttemptAt),
        ExpiresAt = Time(ExpiresAt),
        Error = StatusReason,
        MessageId = MessageId,
        ScheduledAt = Time(ScheduledAt),
        QueuedAt = DateTimeOffset.FromUnixTimeMilliseconds(QueuedAt),
        SentAt = Time(SentAt),
        CompletedAt = Time(CompletedAt),
    };

    private static DateTimeOffset? Time(long? at) => at is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
