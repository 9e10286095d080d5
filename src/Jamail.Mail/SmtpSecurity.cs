namespace Jamail.Mail;

/// <summary>How the connection to the mail server is encrypted. It is never silently left plain.</summary>
public enum SmtpSecurity
{
    /// <summary>By the port: 465 is <see cref="Tls"/>, every other port <see cref="StartTls"/>.</summary>
    ByPort,

    /// <summary>STARTTLS is required; a server that does not offer it gets no mail.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>
    /// Not encrypted. For a server on this machine or a trusted network; signing in to any other machine is refused
    /// unless <see cref="SmtpOptions.AllowPlainTextSignIn"/> is set.
    /// </summary>
    None,
}
