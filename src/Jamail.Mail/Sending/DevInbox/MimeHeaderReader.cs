using System.Text;
using System.Text.RegularExpressions;

namespace Jamail.Mail;

/// <summary>Reads the headers of messages that <see cref="EmailComposer"/> wrote.</summary>
internal static partial class MimeHeaderReader
{
    /// <summary>Unfolded and decoded; of repeated ones the first.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? name = null;
        foreach (var line in Encoding.UTF8.GetString(end < 0 ? message : message[..end]).Split("\r\n"))
        {
            if (line is [' ' or '\t', ..] && name is not null)
            {
                headers[name] += line;
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            name = colon > 0 && headers.TryAdd(line[..colon], line[(colon + 1)..].TrimStart()) ? line[..colon] : null;
        }

        foreach (var key in headers.Keys)
        {
            headers[key] = Decode(headers[key]);
        }

        return headers;
    }

    private static string Decode(string value) => EncodedWord().Replace(
        BetweenWords().Replace(value, "?="),
        word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["text"].Value)));

    [GeneratedRegex(@"=\?utf-8\?B\?(?<text>[A-Za-z0-9+/]*={0,2})\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+(?==\?utf-8\?B\?)")]
    private static partial Regex BetweenWords();
}
