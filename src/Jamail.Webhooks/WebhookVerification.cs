namespace Jamail.Webhooks;

/// <summary>Whether a received request is genuine.</summary>
public enum WebhookVerification
{
    /// <summary>Signed by a holder of one of the secrets, at about this time.</summary>
    Genuine,

    /// <summary>A header that the signature needs is not there.</summary>
    HeaderMissing,

    /// <summary>The timestamp is not a whole number of Unix seconds.</summary>
    TimestampMalformed,

    /// <summary>Signed too long ago: it may be a request that somebody recorded and repeats.</summary>
    TooOld,

    /// <summary>Signed in the future: one of the clocks is wrong.</summary>
    TooNew,

    /// <summary>No signature matches: another secret, or another body.</summary>
    SignatureMismatch,
}
