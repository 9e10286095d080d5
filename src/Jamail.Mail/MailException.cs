namespace Jamail.Mail;

/// <summary>A call to the mail package was refused; nothing of it was done.</summary>
/// <param name="error">Why.</param>
/// <param name="message">What was refused, and what to do.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class MailException(MailError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why the call was refused.</summary>
    public MailError Error { get; } = error;

    /// <summary>The field it is about, as in <c>attachments</c> or <c>emails[3].attachments</c>; <see langword="null"/> where it is about none.</summary>
    public string? Field { get; init; }
}
