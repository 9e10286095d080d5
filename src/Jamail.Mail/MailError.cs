namespace Jamail.Mail;

/// <summary>Why the mail package refused a call whose input breaks no rule.</summary>
public enum MailError
{
    /// <summary>There is no such template, or it is archived.</summary>
    TemplateNotFound,

    /// <summary>Another template has this key; choose another key, or update that template.</summary>
    TemplateKeyTaken,

    /// <summary>The template was changed by somebody else meanwhile; read it and repeat.</summary>
    Conflict,

    /// <summary>The e-mail is not in doubt, so there is nothing to resolve.</summary>
    NotUncertain,

    /// <summary>The attachments are larger than <see cref="MailOptions.MaxAttachmentBytes"/>.</summary>
    TooLarge,

    /// <summary>There is no such e-mail, or no such batch.</summary>
    EmailNotFound,

    /// <summary>The e-mail is in a state that does not allow it: it is being sent, or has come to its end.</summary>
    WrongState,

    /// <summary>The recipient is on the suppression list, and <see cref="MailOptions.RefuseSuppressed"/> is set; nothing was stored.</summary>
    RecipientSuppressed,

    /// <summary>The content of the e-mail has been removed: its time was over, or it was erased.</summary>
    ContentRemoved,
}
