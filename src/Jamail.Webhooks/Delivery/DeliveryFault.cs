namespace Jamail.Webhooks;

/// <summary>Why no whole answer came.</summary>
internal enum DeliveryFault
{
    /// <summary>One came.</summary>
    None,

    /// <summary>The name does not resolve.</summary>
    DnsError,

    /// <summary>Nobody listens there.</summary>
    ConnectRefused,

    /// <summary>No connection in time.</summary>
    ConnectTimeout,

    /// <summary>The connection broke before the answer.</summary>
    Reset,

    /// <summary>No trusted, encrypted connection.</summary>
    TlsError,

    /// <summary>The certificate is trusted and for another name.</summary>
    TlsName,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The answer began and did not end in time.</summary>
    BodyTimeout,

    /// <summary>What came is no HTTP answer, or its headers are too long.</summary>
    ProtocolError,

    /// <summary>The address may not be called; nothing was sent.</summary>
    BlockedAddress,

    /// <summary>The URL breaks a rule; nothing was sent.</summary>
    BadUrl,

    /// <summary>This host stopped while the request was under way.</summary>
    Stopped,
}
