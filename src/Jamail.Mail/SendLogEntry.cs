namespace Jamail.Mail;

/// <summary>What is known of one e-mail.</summary>
public sealed record SendLogEntry
{
    /// <summary>The e-mail's id; <c>logId</c> on the wire.</summary>
    public required EmailId Id { get; init; }

    /// <summary>The id its producer gave it, where that is no UUID; <see langword="null"/> otherwise.</summary>
    public string? CompatId { get; init; }

    /// <summary>The template it was made from; <see langword="null"/> when from none.</summary>
    public string? TemplateId { get; init; }

    /// <summary>The template's key at that time; <see langword="null"/> when from none.</summary>
    public string? TemplateKey { get; init; }

    /// <summary>The version of the template.</summary>
    public int? TemplateVersion { get; init; }

    /// <summary>The language of the content that was used.</summary>
    public string? Locale { get; init; }

    /// <summary>The sender.</summary>
    public required string From { get; init; }

    /// <summary>The recipient's address.</summary>
    public required string Recipient { get; init; }

    /// <summary>Further recipients that everybody sees.</summary>
    public IReadOnlyList<string> Cc { get; init; } = [];

    /// <summary>Further recipients that nobody sees.</summary>
    public IReadOnlyList<string> Bcc { get; init; } = [];

    /// <summary>Where answers go; <see langword="null"/>: to the sender.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Plain addresses of those that a mail server took it for; all of them in the end.</summary>
    public IReadOnlyList<string> RecipientsSent { get; init; } = [];

    /// <summary>
    /// Of those who may have it: while it is <see cref="EmailStatus.Uncertain"/>, the recipients of the transaction that is in doubt.
    /// </summary>
    public IReadOnlyList<string> RecipientsInDoubt { get; init; } = [];

    /// <summary>
    /// Of those it has not gone to and is in no doubt about, when the mail server took it for the others only; empty when it went to all, or to
    /// none. <c>erased@invalid</c> stands for a person who was erased.
    /// </summary>
    public IReadOnlyList<string> RecipientsLeft { get; init; } = [];

    /// <summary>The subject as sent.</summary>
    public required string Subject { get; init; }

    /// <summary>The kind of mail.</summary>
    public required string Category { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Facts of the sender's own.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The batch it came with; <see langword="null"/> when with none.</summary>
    public string? BatchId { get; init; }

    /// <summary>The e-mail it repeats; <see langword="null"/> when none.</summary>
    public EmailId? ResendOf { get; init; }

    /// <summary>Order in the queue; 0 goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Where it is.</summary>
    public required EmailStatus Status { get; init; }

    /// <summary>How often it was handed to a mail server.</summary>
    public required int Attempts { get; init; }

    /// <summary>How often it was put off for a temporary reason; that uses up no attempt of its job.</summary>
    public int Deferrals { get; init; }

    /// <summary>How often it was sent again by itself after a doubt; then a second copy may exist.</summary>
    public int Resends { get; init; }

    /// <summary>The mail server that got it last; <see langword="null"/> before the first.</summary>
    public string? Provider { get; init; }

    /// <summary>When it comes again by itself; <see langword="null"/> when it does not, or at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>From when on it is not sent any more; <see langword="null"/>: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What went wrong last; <see langword="null"/> when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The Message-ID header, the same for every attempt.</summary>
    public required string MessageId { get; init; }

    /// <summary>Not before this time; <see langword="null"/>: at once.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>When it was accepted here.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When the mail server accepted it; <see langword="null"/> if it has not.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it came to its end; <see langword="null"/> if it has not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
