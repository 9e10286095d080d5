namespace Jamail.Mail;

/// <summary>Where an e-mail is on its way. The numbers are those stored.</summary>
public enum EmailStatus
{
    /// <summary>Stored, to be sent at a later time. Shown as <c>scheduled</c>.</summary>
    Scheduled = 0,

    /// <summary>Stored; waits for its turn. Shown as <c>queued</c>.</summary>
    Queued = 1,

    /// <summary>A worker is handing it to the mail server right now. Shown as <c>sending</c>.</summary>
    Sending = 2,

    /// <summary>Surely not accepted yet, for a temporary reason on the other side; it comes again by itself. Shown as <c>deferred</c>.</summary>
    Deferred = 3,

    /// <summary>An attempt failed unexpectedly and another will follow. Shown as <c>retrying</c>.</summary>
    Retrying = 4,

    /// <summary>The mail server accepted it, no more and no less. Shown as <c>sent</c>.</summary>
    Sent = 5,

    /// <summary>The recipient's side reported that it has arrived. Shown as <c>delivered</c>.</summary>
    Delivered = 6,

    /// <summary>The recipient's side refused it for good. Shown as <c>bounced</c>.</summary>
    Bounced = 7,

    /// <summary>It cannot be sent as it is, or was given up after the last attempt. Shown as <c>failed</c>.</summary>
    Failed = 8,

    /// <summary>
    /// It cannot be known whether the mail server accepted it: the content went out and no answer came back. What follows is
    /// the category's <see cref="UncertainPolicy"/>. Shown as <c>uncertain</c>.
    /// </summary>
    Uncertain = 9,

    /// <summary>The recipient complained about it. Shown as <c>complained</c>.</summary>
    Complained = 10,

    /// <summary>Not sent, because the address must not be written to. Shown as <c>suppressed</c>.</summary>
    Suppressed = 11,

    /// <summary>Taken back before it was sent. Shown as <c>cancelled</c>.</summary>
    Cancelled = 12,

    /// <summary>Its time was over before a mail server took it. Shown as <c>expired</c>.</summary>
    Expired = 13,
}
