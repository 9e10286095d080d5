namespace Jamail.TestSupport;

/// <summary>How a <see cref="SmtpSink"/> offers TLS.</summary>
public enum SinkTls
{
    None,

    /// <summary>EHLO offers STARTTLS.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Implicit,
}
