namespace Jamail.Mail;

/// <summary>Where an e-mail is on its way. The numbers are those stored.</summary>
public enum EmailStatus
{
    /// <summary>Stored; waits for its turn. Shown as <c>queued</c>.</summary>
    Queued = 1,

    /// <summary>A worker is handing it to the mail server right now. Shown as <c>sending</c>.</summary>
    Sending = 2,

    /// <summary>An attempt failed and another will follow. Shown as <c>retrying</c>.</summary>
    Retrying = 4,

    /// <summary>The mail server accepted it, no more and no less. Shown as <c>sent</c>.</summary>
    Sent = 5,

    /// <summary>Refused, or given up after the last attempt. Shown as <c>failed</c>.</summary>
    Failed = 8,

    /// <summary>
    /// It cannot be known whether the mail server accepted it: the content went out and no answer came back. Nothing
    /// is sent again by itself. Shown as <c>uncertain</c>.
    /// </summary>
    Uncertain = 9,
}
