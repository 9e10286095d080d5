namespace Jamail.Mail;

/// <summary>Makes the bytes of a message.</summary>
internal interface IEmailComposer
{
    /// <exception cref="FormatException">A header value holds CR, LF or NUL, or an address is none.</exception>
    ComposedEmail Compose(EmailContent content);
}
