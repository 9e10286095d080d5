namespace Jamail.Mail;

/// <summary>What a raw report says of one recipient.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Code">The enhanced code; null when it gave none.</param>
/// <param name="Detail">For people.</param>
/// <param name="Recipient">Whom it was for; null when it does not say.</param>
internal sealed record RawFinding(MailReportKind Kind, string? Code, string? Detail, string? Recipient = null);
