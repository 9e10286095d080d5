using System.Security.Cryptography.X509Certificates;

namespace Jamail.TestSupport;

/// <summary>What kind of server a <see cref="SmtpSink"/> is.</summary>
public sealed class SmtpSinkOptions
{
    public bool Ehlo { get; set; } = true;

    public bool Pipelining { get; set; } = true;

    public bool EightBitMime { get; set; } = true;

    public bool EnhancedStatusCodes { get; set; } = true;

    public bool SmtpUtf8 { get; set; }

    /// <summary>Offer CHUNKING and take messages by BDAT.</summary>
    public bool Chunking { get; set; }

    /// <summary>Offer DSN: RET, ENVID, NOTIFY and ORCPT.</summary>
    public bool Dsn { get; set; }

    /// <summary>Offered as SIZE and enforced at MAIL; null offers none.</summary>
    public long? Size { get; set; } = 10 * 1024 * 1024;

    public SinkTls Tls { get; set; }

    /// <summary>The server's certificate with its key; one for localhost and 127.0.0.1 is made when none is given.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Offered with AUTH; empty offers none.</summary>
    public IList<string> AuthMechanisms { get; } = [];

    /// <summary>Offer AUTH before TLS too.</summary>
    public bool AuthWithoutTls { get; set; }

    /// <summary>MAIL without a login is answered with 530.</summary>
    public bool RequireAuth { get; set; }

    /// <summary>User and password; for XOAUTH2 the password is the token.</summary>
    public IDictionary<string, string> Users { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Messages after which MAIL is answered with 421 and the connection closed.</summary>
    public int MessagesPerConnection { get; set; } = int.MaxValue;

    /// <summary>Names messages. Of those with the same name the first is kept, and the others are answered and dropped; null keeps all.</summary>
    public Func<SinkMessage, string?>? RepeatName { get; set; }

    /// <summary>Keep the content of messages; off, only Message-ID and envelope are kept.</summary>
    public bool KeepContent { get; set; } = true;

    /// <summary>Keep the lines of every dialogue for <see cref="SmtpSink.Dialogue"/>.</summary>
    public bool KeepDialogue { get; set; } = true;
}
