namespace Jamail.Mail;

/// <summary>What a message is composed of. Equal content gives equal bytes, so that every attempt sends the same message.</summary>
internal sealed record EmailContent
{
    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; init; }

    public required EmailAddress From { get; init; }

    public required EmailAddress To { get; init; }

    public IReadOnlyList<EmailAddress> Cc { get; init; } = [];

    /// <summary>Stand in the envelope only.</summary>
    public IReadOnlyList<EmailAddress> Bcc { get; init; } = [];

    public EmailAddress? ReplyTo { get; init; }

    public required string Subject { get; init; }

    public required string Html { get; init; }

    public string? Text { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<AttachmentRow> Attachments { get; init; } = [];

    /// <summary>Where bounces go; null: to the sender.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>The link that unsubscribes with one click; null for none.</summary>
    public string? UnsubscribeLink { get; init; }

    /// <summary>The <c>mailto:</c> address that unsubscribes; null for none.</summary>
    public string? UnsubscribeMailto { get; init; }

    /// <summary>Goes into the Date header.</summary>
    public required DateTimeOffset Date { get; init; }
}
