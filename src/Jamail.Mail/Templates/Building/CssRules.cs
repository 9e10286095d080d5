using System.Text;
using System.Text.RegularExpressions;

namespace Jamail.Mail;

/// <summary>The rules of a style sheet as they are written.</summary>
internal static partial class CssRules
{
    /// <summary>Reads rules; those that begin with '@' (media queries, fonts) come whole.</summary>
    public static IReadOnlyList<(string Selector, string Body, string Whole)> Read(string css)
    {
        var text = Comment().Replace(css, "");
        var rules = new List<(string, string, string)>();
        var at = 0;
        while (text.IndexOf('{', at) is var open and >= 0)
        {
            var end = EndOfBlock(text, open);
            rules.Add((text[at..open].Trim(), text[(open + 1)..Math.Max(open + 1, end - 1)].Trim(), text[at..end].Trim()));
            at = end;
        }

        return rules;
    }

    /// <summary>The declarations of a rule's body, in order.</summary>
    public static IEnumerable<(string Name, string Value, bool IsImportant)> Declarations(string body)
    {
        foreach (var part in Split(body))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                var value = part[(colon + 1)..].Trim();
                var important = value.EndsWith("!important", StringComparison.OrdinalIgnoreCase);
                yield return (part[..colon].Trim().ToLowerInvariant(), important ? value[..^10].Trim() : value, important);
            }
        }
    }

    // A semicolon within quotes or brackets, as in url(data:…;…), ends nothing.
    private static IEnumerable<string> Split(string body)
    {
        var part = new StringBuilder();
        var (quote, depth) = ('\0', 0);
        foreach (var c in body)
        {
            quote = quote == '\0' && c is '"' or '\'' && quote == '\0' ? c : c == quote ? '\0' : quote;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ';' && quote == '\0' && depth <= 0)
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        yield return part.ToString();
    }

    private static int EndOfBlock(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    [GeneratedRegex(@"/\*.*?\*/|<!--|-->", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
