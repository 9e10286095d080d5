namespace Jamail.Mail;

/// <summary>Where mails go.</summary>
public enum MailMode
{
    /// <summary>To the mail server of <see cref="SmtpOptions"/>.</summary>
    Live,

    /// <summary>Nowhere: every mail goes the whole way, and ends as an <c>.eml</c> file in the dev inbox.</summary>
    Sandbox,
}
