using System.Text;

namespace Jamail.Mail;

/// <summary>Writes header lines: encoded where they are not ASCII, folded before column 76.</summary>
internal static class MimeHeader
{
    private const int Column = 76;
    private const string Specials = "()<>[]:;@\\,.\"";

    /// <summary>A header whose value is text for people.</summary>
    public static void Append(StringBuilder message, string name, string value)
    {
        Gate(name, value);
        message.Append(name).Append(": ");
        AppendText(message, value, name.Length + 2);
        message.Append("\r\n");
    }

    /// <summary>A header that names mailboxes, each after the first on a line of its own.</summary>
    public static void Append(StringBuilder message, string name, params ReadOnlySpan<EmailAddress> addresses)
    {
        message.Append(name).Append(": ");
        for (var i = 0; i < addresses.Length; i++)
        {
            message.Append(i == 0 ? "" : ",\r\n ");
            AppendAddress(message, name, addresses[i]);
        }

        message.Append("\r\n");
    }

    private static void AppendAddress(StringBuilder message, string name, EmailAddress address)
    {
        var text = $"{LocalPart(address)}@{EmailAddressParser.ToAsciiDomain(Domain(address))}";
        Gate(name, text);
        if (address.Name is not { Length: > 0 } person)
        {
            message.Append(text);
            return;
        }

        Gate(name, person);
        if (IsPlain(person) && name.Length + person.Length + text.Length + 8 <= Column)
        {
            var quoted = person.Any(c => Specials.Contains(c, StringComparison.Ordinal)) || person.Trim() != person;
            message.Append(quoted ? $"\"{person.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : person)
                .Append(' ');
        }
        else
        {
            AppendEncoded(message, person, name.Length + 2);
            message.Append("\r\n ");
        }

        message.Append('<').Append(text).Append('>');
    }

    /// <exception cref="FormatException">The value would end the line.</exception>
    public static void Gate(string name, string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
        {
            throw new FormatException($"The value of header '{name}' holds a line break or a NUL, which could begin a header of its own; remove it.");
        }
    }

    public static string LocalPart(EmailAddress address) => address.Address[..address.Address.LastIndexOf('@')];

    public static string Domain(EmailAddress address) => address.Address[(address.Address.LastIndexOf('@') + 1)..];

    private static void AppendText(StringBuilder message, string value, int column)
    {
        // A fold needs a space; a word too long to fold, or one that reads like an encoded one, is encoded.
        if (!IsPlain(value) || value.Split(' ').Any(word => word.Length > Column - column - 1) || value.Trim() != value)
        {
            AppendEncoded(message, value, column);
            return;
        }

        var first = true;
        foreach (var word in value.Split(' '))
        {
            if (!first && column + 1 + word.Length > Column && word.Length > 0)
            {
                message.Append("\r\n ");
                column = 1;
            }
            else if (!first)
            {
                message.Append(' ');
                column++;
            }

            message.Append(word);
            column += word.Length;
            first = false;
        }
    }

    /// <summary>RFC 2047 words of at most 75 characters, none of which splits a character.</summary>
    private static void AppendEncoded(StringBuilder message, string value, int column)
    {
        const int overhead = 12;
        var piece = new List<byte>();
        var first = true;
        void Flush()
        {
            message.Append(first ? "" : "\r\n ").Append("=?utf-8?B?").Append(Convert.ToBase64String([.. piece])).Append("?=");
            column = 1;
            first = false;
            piece.Clear();
        }

        foreach (var rune in value.EnumerateRunes())
        {
            var bytes = new byte[rune.Utf8SequenceLength];
            rune.EncodeToUtf8(bytes);
            if (piece.Count > 0 && column + overhead + ((piece.Count + bytes.Length + 2) / 3 * 4) > Column)
            {
                Flush();
            }

            piece.AddRange(bytes);
        }

        Flush();
    }

    private static bool IsPlain(string value) =>
        value.All(c => c is >= ' ' and <= '~') && !value.Contains("=?", StringComparison.Ordinal);
}
