namespace Jamail.Mail;

/// <summary>A transport that keeps connections.</summary>
internal interface IPooledTransport
{
    /// <summary>Connections, those that are being opened too.</summary>
    int Open { get; }

    /// <summary>Of these, the ones that wait for a message.</summary>
    int Idle { get; }
}
