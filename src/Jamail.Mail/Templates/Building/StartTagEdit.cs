using System.Text;

namespace Jamail.Mail;

/// <summary>A change of a source at one place.</summary>
/// <param name="At">Where.</param>
/// <param name="Remove">How many characters go.</param>
/// <param name="Insert">What comes instead.</param>
internal sealed record StartTagEdit(int At, int Remove, string Insert)
{
    /// <summary>Gives the element whose start tag is at a place a style; one of its own stays and wins.</summary>
    public static StartTagEdit Style(string html, int start, string style)
    {
        var at = start + 1;
        while (at < html.Length && (char.IsAsciiLetterOrDigit(html[at]) || html[at] is '-' or ':'))
        {
            at++;
        }

        var name = at;
        while (at < html.Length && html[at] != '>')
        {
            var attribute = at;
            while (at < html.Length && (char.IsAsciiLetterOrDigit(html[at]) || html[at] is '-' or ':' or '_'))
            {
                at++;
            }

            var isStyle = html.AsSpan(attribute, at - attribute).Equals("style", StringComparison.OrdinalIgnoreCase);
            if (at < html.Length && html[at] == '=' && at + 1 < html.Length && html[at + 1] is '"' or '\'')
            {
                var quote = html[at + 1];
                if (isStyle)
                {
                    return new StartTagEdit(at + 2, 0, Quoted(style, quote) + "; ");
                }

                at = html.IndexOf(quote, at + 2) is var end and >= 0 ? end + 1 : html.Length;
            }
            else if (at == attribute)
            {
                at++;
            }
        }

        return new StartTagEdit(name, 0, $" style=\"{Quoted(style, '"')}\"");
    }

    /// <summary>Replaces what stands in the style element whose start tag is at a place.</summary>
    public static StartTagEdit Content(string html, int start, string css)
    {
        var open = html.IndexOf('>', start) + 1;
        var close = html.IndexOf("</style", open, StringComparison.OrdinalIgnoreCase);
        return new StartTagEdit(open, Math.Max(0, close - open), css);
    }

    public static string Apply(string html, IEnumerable<StartTagEdit> edits)
    {
        var text = new StringBuilder(html);
        foreach (var edit in edits.OrderByDescending(edit => edit.At))
        {
            text.Remove(edit.At, edit.Remove).Insert(edit.At, edit.Insert);
        }

        return text.ToString();
    }

    private static string Quoted(string style, char quote) => style.Replace(quote, quote == '"' ? '\'' : '"');
}
