namespace Jamail.Mail;

/// <summary>What ended an attempt that was not accepted.</summary>
public enum TransportFault
{
    /// <summary>Nothing: it was accepted.</summary>
    None,

    /// <summary>The server answered with a refusal; the reply says which.</summary>
    Refused,

    /// <summary>The host has no address, or nobody answers there.</summary>
    Unreachable,

    /// <summary>The host's address is not one that may be dialled; see <see cref="MailOptions.AllowedNetworks"/>.</summary>
    AddressDenied,

    /// <summary>Encryption is required and not offered, or the certificate is not trusted.</summary>
    Tls,

    /// <summary>The server did not let us sign in.</summary>
    SignIn,

    /// <summary>The limit of the phase ran out.</summary>
    TimedOut,

    /// <summary>The connection was closed or broke.</summary>
    ConnectionLost,

    /// <summary>The server's answer cannot be read.</summary>
    Protocol,

    /// <summary>The message needs something the server does not offer, such as SMTPUTF8 or its size.</summary>
    Unsupported,

    /// <summary>The caller said that the attempt must not go on, or cancelled it.</summary>
    Stopped,

    /// <summary>The place where messages are kept cannot be written.</summary>
    Storage,
}
