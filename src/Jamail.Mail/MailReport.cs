namespace Jamail.Mail;

/// <summary>What a provider says about an e-mail.</summary>
public sealed record MailReport
{
    /// <summary>Who says it.</summary>
    public required string Source { get; init; }

    /// <summary>The provider's id of the report; a second one with the same id changes nothing.</summary>
    public required string EventId { get; init; }

    /// <summary>What happened.</summary>
    public required MailReportKind Kind { get; init; }

    /// <summary>The e-mail's id; <see langword="null"/>: it is found by <see cref="MessageId"/>.</summary>
    public string? EmailId { get; init; }

    /// <summary>The Message-ID, with or without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>
    /// The address it is about, of an e-mail that went to several: what befell a copy does not move the e-mail. <see langword="null"/>: its recipient.
    /// </summary>
    public string? Recipient { get; init; }

    /// <summary>The enhanced code, such as <c>5.1.1</c>; decides whether an address that bounced is written to again.</summary>
    public string? EnhancedCode { get; init; }

    /// <summary>For people; at most 1,000 characters.</summary>
    public string? Detail { get; init; }
}
