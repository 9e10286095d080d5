namespace Jamail.Mail;

/// <param name="Row">The mail; null when there is none and none can be made.</param>
/// <param name="Problem">Why there is none.</param>
internal sealed record MailFound(MailRow? Row, string Problem);
