namespace Jamail.Mail;

/// <summary>Why the mail package refused a call.</summary>
public enum MailError
{
    /// <summary>What was given breaks a rule; <see cref="MailException.Problems"/> lists every breach.</summary>
    Invalid,

    /// <summary>There is no such template, or it is archived.</summary>
    TemplateNotFound,

    /// <summary>Another template has this key; choose another key, or update that template.</summary>
    KeyTaken,

    /// <summary>The template was changed by somebody else meanwhile; read it and repeat.</summary>
    Conflict,

    /// <summary>A call with the same idempotency key is under way; repeat in a second.</summary>
    InFlight,

    /// <summary>The idempotency key was used for another request; use a new key for a new request.</summary>
    KeyReused,

    /// <summary>The database cannot be reached; nothing was accepted. Repeat when it is back.</summary>
    StoreUnavailable,
}
