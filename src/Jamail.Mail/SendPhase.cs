namespace Jamail.Mail;

/// <summary>How far an attempt got. The numbers are those stored.</summary>
public enum SendPhase
{
    /// <summary>Waiting for a connection.</summary>
    Lease = 0,

    /// <summary>Finding and connecting to the server, its greeting included.</summary>
    Connect = 1,

    /// <summary>Agreeing on encryption.</summary>
    Tls = 2,

    /// <summary>EHLO and signing in.</summary>
    Auth = 3,

    /// <summary>Naming the sender: MAIL FROM.</summary>
    MailFrom = 4,

    /// <summary>Naming the recipient: RCPT TO.</summary>
    Recipient = 5,

    /// <summary>Asking to send the content: DATA.</summary>
    Data = 6,

    /// <summary>Sending the content. The server cannot have accepted it yet.</summary>
    Content = 7,

    /// <summary>Sending the final dot. From its first byte on the server may have accepted the message.</summary>
    Dot = 8,

    /// <summary>Waiting for the final reply, or it was read.</summary>
    Reply = 9,
}
