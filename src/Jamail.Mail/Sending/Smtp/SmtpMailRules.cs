using System.Globalization;
using System.Text;

namespace Jamail.Mail;

/// <summary>What a message asks of a server, and how MAIL and RCPT say it.</summary>
internal static class SmtpMailRules
{
    /// <summary>The name of what a mail fails with whose addresses hold letters beyond ASCII where the server takes none.</summary>
    public const string Utf8Required = "smtputf8_required";

    private const int LongestEnvelopeId = 100;

    /// <summary>Why this server cannot take this message; null when it can.</summary>
    public static string? FindObstacle(ComposedEmail mail, SmtpCapabilities offered)
    {
        // The second gate behind the composer's: nothing but an address may reach the wire.
        var recipients = mail.EnvelopeMore.Prepend(mail.EnvelopeTo).Select(address => ("recipient", address));
        foreach (var (name, address) in recipients.Prepend(("sender", mail.EnvelopeFrom)))
        {
            if (address.Any(c => char.IsControl(c) || c is '<' or '>' or ' ') || (name == "recipient" && address.Length == 0))
            {
                return $"The {name} is no address: it is empty or holds a space, an angle bracket or a control character.";
            }

            if (!Ascii.IsValid(address) && !mail.NeedsUtf8)
            {
                return $"The {name} '{address}' holds letters beyond ASCII, and the message does not ask for SMTPUTF8.";
            }
        }

        if (mail.NeedsUtf8 && !offered.SmtpUtf8)
        {
            return $"{Utf8Required}: the address '{mail.EnvelopeTo}' or a header needs SMTPUTF8, which the server does not offer.";
        }

        if (!offered.EightBitMime && !mail.NeedsUtf8 && !Ascii.IsValid(mail.Content.Span))
        {
            return "The message holds bytes beyond ASCII, and the server does not offer 8BITMIME.";
        }

        return offered.MaxSize is { } limit && mail.Content.Length > limit
            ? $"The message has {mail.Content.Length} bytes, and the server takes at most {limit}."
            : null;
    }

    public static string MailCommand(ComposedEmail mail, SmtpCapabilities offered)
    {
        var command = new StringBuilder("MAIL FROM:<").Append(mail.EnvelopeFrom).Append('>');
        if (offered.Size)
        {
            command.Append(" SIZE=").Append(mail.Content.Length);
        }

        if (offered.EightBitMime && (mail.NeedsUtf8 || !Ascii.IsValid(mail.Content.Span)))
        {
            command.Append(" BODY=8BITMIME");
        }

        if (offered.Dsn)
        {
            // A report names the mail by this, whatever has become of its headers.
            var id = XText(MailIdentity.EnvelopeId(mail.MessageId));
            command.Append(" RET=HDRS").Append(id.Length <= LongestEnvelopeId ? " ENVID=" + id : "");
        }

        return command.Append(mail.NeedsUtf8 ? " SMTPUTF8" : "").Append("\r\n").ToString();
    }

    public static string RecipientCommand(string address, SmtpCapabilities offered)
    {
        var command = new StringBuilder("RCPT TO:<").Append(address).Append('>');
        if (offered.Dsn)
        {
            command.Append(" NOTIFY=FAILURE,DELAY");
            if (Ascii.IsValid(address))
            {
                command.Append(" ORCPT=rfc822;").Append(XText(address));
            }
        }

        return command.Append("\r\n").ToString();
    }

    /// <summary>RFC 3461, 4: visible ASCII, with '+' and '=' in hexadecimal.</summary>
    private static string XText(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is > (byte)' ' and <= (byte)'~' and not ((byte)'+' or (byte)'='))
            {
                written.Append((char)octet);
            }
            else
            {
                written.Append('+').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return written.ToString();
    }
}
