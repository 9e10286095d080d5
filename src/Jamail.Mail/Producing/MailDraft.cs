namespace Jamail.Mail;

/// <summary>A mail that is ready to be stored.</summary>
/// <param name="Row">The mail.</param>
/// <param name="Files">Its files.</param>
internal sealed record MailDraft(MailRow Row, IReadOnlyList<AttachmentRow> Files);
