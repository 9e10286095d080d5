using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Jamail.Mail;

/// <summary>Reads one mailbox, strictly: what it accepts means the same address to every server.</summary>
internal static class EmailAddressParser
{
    private const string AtomSymbols = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>Reads <c>anna@example.com</c>.</summary>
    /// <param name="text">The whole text must be the address.</param>
    /// <param name="address">The address.</param>
    /// <param name="problem">Which rule it breaks; without the text, which may be anything.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? problem)
    {
        problem = FindProblem(text);
        address = problem is null ? new EmailAddress(text!) : null;
        return problem is null;
    }

    /// <summary>Reads <c>anna@example.com</c> or <c>Anna &lt;anna@example.com&gt;</c>.</summary>
    public static bool TryParseWithName(
        string? text, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? problem)
    {
        var open = text?.LastIndexOf('<') ?? -1;
        if (open < 0 || !text!.EndsWith('>'))
        {
            return TryParse(text, out address, out problem);
        }

        var name = text[..open].Trim(' ');
        if (name.Length >= 2 && name[0] == '"' && name[^1] == '"')
        {
            name = name[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        }

        address = null;
        problem = name.Any(char.IsControl) ? "the name holds a line break or another control character" : null;
        if (problem is null && TryParse(text[(open + 1)..^1], out address, out problem))
        {
            address = name.Length == 0 ? address : address with { Name = name };
        }

        return problem is null;
    }

    /// <summary>The domain as DNS and SMTP write it: A-labels in lower case.</summary>
    public static string ToAsciiDomain(string domain) =>
        new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain).ToLowerInvariant();

    private static string? FindProblem(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "it is empty";
        }

        if (text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return "it holds a space, a line break or another control character";
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != text.LastIndexOf('@') || at == text.Length - 1)
        {
            return "it must have the form local@domain with one '@'";
        }

        var (local, domain) = (text[..at], text[(at + 1)..]);
        if (Encoding.UTF8.GetByteCount(local) > 64)
        {
            return "the part before '@' is longer than 64 bytes";
        }

        if (local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal) ||
            !local.All(c => c == '.' || c > 127 || char.IsAsciiLetterOrDigit(c) || AtomSymbols.Contains(c, StringComparison.Ordinal)))
        {
            return "the part before '@' may hold letters, digits, single dots and !#$%&'*+-/=?^_`{|}~";
        }

        string ascii;
        try
        {
            ascii = ToAsciiDomain(domain);
        }
        catch (ArgumentException)
        {
            return "the domain is not a host name";
        }

        if (Uri.CheckHostName(ascii) != UriHostNameType.Dns || ascii.EndsWith('.') ||
            ascii.Split('.').Any(label => label.Length is 0 or > 63 || label.StartsWith('-') || label.EndsWith('-')))
        {
            return "the domain is not a host name";
        }

        if (Encoding.UTF8.GetByteCount(local) + 1 + ascii.Length > 254)
        {
            return "it is longer than 254 bytes";
        }

        // A second opinion: what the framework reads differently, a server may too.
        return MailAddress.TryCreate(text, out var other) && other.Address == text ? null : "it is no single plain address";
    }
}
