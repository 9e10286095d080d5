namespace Jamail.Mail;

/// <summary>What a report says.</summary>
public enum MailReportKind
{
    /// <summary>The e-mail arrived.</summary>
    Delivered,

    /// <summary>It is late, and will be tried again there.</summary>
    Delayed,

    /// <summary>It was refused for good.</summary>
    Bounced,

    /// <summary>Its recipient called it spam.</summary>
    Complained,
}
