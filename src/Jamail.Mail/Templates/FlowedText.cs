using System.Text;

namespace Jamail.Mail;

/// <summary>
/// Text whose long lines are broken so that a mail program can put them together again (RFC 3676, format=flowed): a line that ends in a
/// space goes on with the next.
/// </summary>
internal static class FlowedText
{
    private const int Columns = 78;
    private const string Signature = "-- ";

    /// <summary>Breaks lines at spaces so that none is longer than 78 characters; a word that is longer stays whole.</summary>
    /// <param name="text">Its lines end in no space.</param>
    public static string Wrap(string text)
    {
        if (!text.Split('\n').Any(line => line.Length > Columns))
        {
            return text;
        }

        var wrapped = new StringBuilder(text.Length + (text.Length / 40));
        foreach (var line in text.Split('\n'))
        {
            var rest = line.AsSpan();
            while (rest.Length > Columns && BreakOf(rest) is var end and >= 0)
            {
                wrapped.Append(rest[..(end + 1)]).Append('\n');
                rest = rest[(end + 1)..];
            }

            wrapped.Append(rest).Append('\n');
        }

        return wrapped.ToString(0, wrapped.Length - 1);
    }

    /// <summary>A text that somebody wrote, without spaces before line ends, which would mean something else in a flowed one.</summary>
    public static string Fixed(string text) =>
        text.Contains(" \n", StringComparison.Ordinal) || text.Contains(" \r\n", StringComparison.Ordinal) || text.EndsWith(' ')
            ? string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line == Signature ? line : line.TrimEnd(' ')))
            : text;

    /// <summary>Whether lines of a text go on with the next one.</summary>
    public static bool IsFlowed(IEnumerable<string> lines) => lines.Any(line => line.EndsWith(' ') && line != Signature);

    /// <summary>A line of a flowed text as it is sent: what a reader could take for a quote or a separator gets a space in front.</summary>
    public static string Stuffed(string line) =>
        line is [' ' or '>', ..] || line.StartsWith("From ", StringComparison.Ordinal) ? " " + line : line;

    // Behind the last space that fits, else behind the first there is; none, or only at the end: the line stays.
    private static int BreakOf(ReadOnlySpan<char> line)
    {
        var fits = line[..Columns].LastIndexOf(' ');
        var at = fits > 0 ? fits : line.IndexOf(' ') is var first and > 0 ? first : line[1..].IndexOf(' ') + 1;
        return at > 0 && at < line.Length - 1 ? at : -1;
    }
}
