using System.Net;
using System.Text;

namespace Jamail.Mail;

/// <summary>
/// The line that inboxes show beside the subject: hidden text at the beginning of the body. It is written into the source when that is
/// published, so that what it shows of variables is escaped as everything else.
/// </summary>
internal static class Preheader
{
    public const int Longest = 250;

    private const string Open = "<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">";

    // Whatever follows in the body would be shown behind a short line.
    private const string Filler = "&#847;&zwnj;&nbsp;";
    private const int Filled = 60;

    private static readonly string[] Raw = ["style", "script", "title"];

    /// <param name="html">The HTML's source.</param>
    /// <param name="source">Text; its template tags stay what they are.</param>
    public static string Insert(string html, string source) => html.Insert(PlaceIn(html), $"{Open}{Escaped(source)}{string.Concat(Enumerable.Repeat(Filler, Filled))}</div>");

    private static string Escaped(string source)
    {
        var text = new StringBuilder(source.Length + 16);
        for (var at = 0; at < source.Length;)
        {
            var open = source.IndexOf("{{", at, StringComparison.Ordinal);
            text.Append(WebUtility.HtmlEncode(open < 0 ? source[at..] : source[at..open]));
            if (open < 0)
            {
                break;
            }

            at = source.IndexOf("}}", open, StringComparison.Ordinal) is var close and >= 0 ? close + 2 : source.Length;
            while (at < source.Length && source[at] == '}')
            {
                at++;
            }

            text.Append(source, open, at - open);
        }

        return text.ToString();
    }

    /// <summary>Behind the body's start tag, else behind the head, else the beginning; what stands in comments, styles and attributes is none.</summary>
    private static int PlaceIn(string html)
    {
        var (head, at) = (0, 0);
        while ((at = html.IndexOf('<', at)) >= 0)
        {
            if (html.AsSpan(at).StartsWith("<!--"))
            {
                at = Behind(html, "-->", at);
                continue;
            }

            var name = NameAt(html, at + 1);
            if (name.Length == 0)
            {
                at++;
                continue;
            }

            var end = EndOfTag(html, at);
            if (name.Equals("body", StringComparison.OrdinalIgnoreCase))
            {
                return end;
            }

            if (name.Equals("/head", StringComparison.OrdinalIgnoreCase) || name.Equals("html", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith('!'))
            {
                head = end;
            }

            at = Array.Exists(Raw, raw => name.Equals(raw, StringComparison.OrdinalIgnoreCase)) ? Behind(html, $"</{name}", end) : end;
        }

        return head;
    }

    private static string NameAt(string html, int at)
    {
        var end = at;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || (end == at && html[end] is '/' or '!')))
        {
            end++;
        }

        return html[at..end];
    }

    private static int EndOfTag(string html, int at)
    {
        var quote = '\0';
        for (; at < html.Length; at++)
        {
            if (quote != '\0')
            {
                quote = html[at] == quote ? '\0' : quote;
            }
            else if (html[at] is '"' or '\'')
            {
                quote = html[at];
            }
            else if (html[at] == '>')
            {
                return at + 1;
            }
        }

        return html.Length;
    }

    private static int Behind(string html, string what, int at) =>
        html.IndexOf(what, at, StringComparison.OrdinalIgnoreCase) is var found and >= 0 ? found + what.Length : html.Length;
}
