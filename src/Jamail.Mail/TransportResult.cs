namespace Jamail.Mail;

/// <summary>How far an attempt got and how it ended. A transport reports failures here, it does not throw them.</summary>
public sealed record TransportResult
{
    /// <summary>The phase the attempt was in when it ended; <see cref="SendPhase.Reply"/> when it was accepted.</summary>
    public required SendPhase Phase { get; init; }

    /// <summary>What ended it; <see cref="TransportFault.None"/>: the message was accepted.</summary>
    public required TransportFault Fault { get; init; }

    /// <summary>The code of the last reply that matters, such as 250 or 451; <see langword="null"/> when none was read.</summary>
    public int? ReplyCode { get; init; }

    /// <summary>The enhanced code of that reply, such as <c>5.1.1</c>; <see langword="null"/> when it had none.</summary>
    public string? EnhancedCode { get; init; }

    /// <summary>The text of that reply, or what the fault was; without secrets, at most 1,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The address whose RCPT was refused; <see langword="null"/> when that did not end the attempt.</summary>
    public string? Recipient { get; init; }

    /// <summary>
    /// Addresses of the envelope that an accepted message did not go to, since the server takes only so many in one transaction;
    /// <see langword="null"/> when there are none.
    /// </summary>
    public IReadOnlyList<string>? Left { get; init; }

    /// <summary>How many messages went over this connection, this one included; 0 when there was none.</summary>
    public int ConnectionUse { get; init; }

    /// <summary>The version of TLS, such as <c>Tls13</c>; <see langword="null"/> without encryption.</summary>
    public string? Tls { get; init; }

    /// <summary>Whether the next hop took responsibility for the message.</summary>
    public bool Accepted => Fault == TransportFault.None;
}
