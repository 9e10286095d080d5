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

    /// <param name="html">The HTML's source.</param>
    /// <param name="source">Text; its template tags stay what they are.</param>
    public static string Insert(string html, string source) => html.Insert(HtmlPlaces.BodyBegin(html), $"{Open}{Escaped(source)}{string.Concat(Enumerable.Repeat(Filler, Filled))}</div>");

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
}
