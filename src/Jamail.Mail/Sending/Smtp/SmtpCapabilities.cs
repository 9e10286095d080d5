using System.Globalization;

namespace Jamail.Mail;

/// <summary>What a server offered in its reply to EHLO.</summary>
internal sealed record SmtpCapabilities
{
    public static SmtpCapabilities None { get; } = new();

    /// <summary>All of it, in the server's words.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    public bool StartTls { get; private init; }

    public bool Pipelining { get; private init; }

    public bool EightBitMime { get; private init; }

    public bool SmtpUtf8 { get; private init; }

    /// <summary>Whether it takes wishes about delivery status notifications (RFC 3461).</summary>
    public bool Dsn { get; private init; }

    public bool Size { get; private init; }

    /// <summary>The largest message; null when there is no fixed limit.</summary>
    public long? MaxSize { get; private init; }

    /// <summary>Upper case.</summary>
    public IReadOnlyList<string> Mechanisms { get; private init; } = [];

    /// <summary>What another client has read.</summary>
    public static SmtpCapabilities Of(bool eightBitMime, bool smtpUtf8, long? maxSize) =>
        None with { EightBitMime = eightBitMime, SmtpUtf8 = smtpUtf8, Size = maxSize is not null, MaxSize = maxSize };

    public static SmtpCapabilities Read(SmtpReply reply)
    {
        var offered = None with { Lines = [.. reply.Lines.Skip(1).Take(50)] };
        foreach (var line in reply.Lines.Skip(1))
        {
            // Some old servers write AUTH=LOGIN.
            var words = line.ToUpperInvariant().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
            offered = words.FirstOrDefault() switch
            {
                "STARTTLS" => offered with { StartTls = true },
                "PIPELINING" => offered with { Pipelining = true },
                "8BITMIME" => offered with { EightBitMime = true },
                "SMTPUTF8" => offered with { SmtpUtf8 = true },
                "DSN" => offered with { Dsn = true },
                "SIZE" => offered with
                {
                    Size = true,
                    MaxSize = words.Length > 1 && long.TryParse(words[1], CultureInfo.InvariantCulture, out var size) && size > 0
                        ? size
                        : null,
                },
                "AUTH" => offered with { Mechanisms = [.. offered.Mechanisms, .. words.Skip(1)] },
                _ => offered,
            };
        }

        return offered;
    }
}
