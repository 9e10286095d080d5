namespace Jamail.Mail;

/// <summary>Where mails go.</summary>
public enum MailMode
{
    /// <summary>To the mail server of <see cref="SmtpOptions"/>.</summary>
    Live,

    /// <summary>Nowhere: every mail goes the whole way, and ends as an <c>.eml</c> file in the dev inbox.</summary>
    Sandbox,

    /// <summary>To the mail server, but all of them to <see cref="MailOptions.RedirectTo"/>; the header <c>X-Jamail-Original-To</c> says whom they were for.</summary>
    RedirectAll,

    /// <summary>To the mail server, but only those whose recipients are in <see cref="MailOptions.AllowedRecipients"/>; the others end as suppressed.</summary>
    AllowList,
}
