using System.Text;

namespace Jamail.Mail;

/// <summary>One whole reply of a server.</summary>
/// <param name="Code">200 to 599.</param>
/// <param name="Lines">The text of each line, without the code.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>The enhanced code, such as 5.1.1, when the first line begins with one of the reply's own class.</summary>
    public string? EnhancedCode { get; } = FindEnhancedCode(Code, Lines[0]);

    /// <summary>All lines in one, without control characters.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            for (var i = 0; i < Lines.Count; i++)
            {
                var line = Lines[i];
                // Servers repeat the enhanced code on every line of a long reply; once is enough for people.
                if (i > 0 && EnhancedCode is not null && line.StartsWith(EnhancedCode, StringComparison.Ordinal))
                {
                    line = line[EnhancedCode.Length..];
                }

                text.Append(i > 0 ? " " : "").Append(line.Trim());
            }

            for (var i = 0; i < text.Length; i++)
            {
                text[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }

            return text.ToString();
        }
    }

    private static string? FindEnhancedCode(int code, string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        var word = end < 0 ? line : line[..end];
        if (word.Length is < 5 or > 9 || word[0] != (char)('0' + (code / 100)))
        {
            return null;
        }

        var parts = word.Split('.');
        return parts.Length == 3 && parts[0].Length == 1 && IsNumber(parts[1]) && IsNumber(parts[2]) ? word : null;
    }

    private static bool IsNumber(string text) => text.Length is >= 1 and <= 3 && text.All(char.IsAsciiDigit);
}
