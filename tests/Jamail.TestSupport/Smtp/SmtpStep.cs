namespace Jamail.TestSupport;

/// <summary>The points of an SMTP dialogue at which a <see cref="SmtpSink"/> can be told to misbehave.</summary>
public enum SmtpStep
{
    /// <summary>The connection is accepted; nothing was said, no TLS yet.</summary>
    Connect,

    /// <summary>Before the 220 greeting (after implicit TLS).</summary>
    Greeting,
    Ehlo,
    Helo,
    StartTls,

    /// <summary>AUTH and each answer to a challenge.</summary>
    Auth,
    Mail,
    Rcpt,

    /// <summary>The DATA command; its normal reply is 354.</summary>
    Data,

    /// <summary>Some content has come, the final dot has not.</summary>
    Content,

    /// <summary>The final dot has come; the message is neither stored nor answered.</summary>
    Dot,
    Rset,
    Noop,
    Quit,
    Other,
}
