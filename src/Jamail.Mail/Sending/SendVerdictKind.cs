namespace Jamail.Mail;

internal enum SendVerdictKind
{
    /// <summary>Accepted by the next hop.</summary>
    Sent,

    /// <summary>Surely not accepted, for a temporary reason on the other side.</summary>
    Deferred,

    /// <summary>Surely not accepted, for an unexpected reason; another attempt may succeed.</summary>
    Retry,

    /// <summary>The recipient's side refuses it for good.</summary>
    Bounced,

    /// <summary>It cannot be sent as it is, or not with these settings.</summary>
    Failed,

    /// <summary>It may have been accepted.</summary>
    Uncertain,
}
