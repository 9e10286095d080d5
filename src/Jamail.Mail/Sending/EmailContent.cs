namespace Jamail.Mail;

/// <summary>What a message is composed of. Equal content gives equal bytes, so that every attempt sends the same message.</summary>
internal sealed record EmailContent
{
    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; init; }

    public required EmailAddress From { get; init; }

    public required EmailAddress To { get; init; }

    public EmailAddress? ReplyTo { get; init; }

    public required string Subject { get; init; }

    public required string Html { get; init; }

    public string? Text { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Goes into the Date header.</summary>
    public required DateTimeOffset Date { get; init; }
}
