namespace Jamail.Mail;

/// <summary>What a person found out about an e-mail in doubt.</summary>
public enum UncertainResolution
{
    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>It was not sent, and is not to be.</summary>
    Failed,

    /// <summary>It is to be sent again, with the same Message-ID.</summary>
    Resend,
}
