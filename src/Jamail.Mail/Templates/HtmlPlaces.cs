namespace Jamail.Mail;

/// <summary>Places in HTML, of whatever quality: what stands in comments, styles, scripts and attributes is no tag.</summary>
internal static class HtmlPlaces
{
    private static readonly string[] Raw = ["style", "script", "title"];

    /// <summary>Behind the body's start tag, else behind the head, else the beginning.</summary>
    public static int BodyBegin(string html)
    {
        var head = 0;
        foreach (var (name, _, end) in Tags(html))
        {
            if (name == "body")
            {
                return end;
            }

            head = name is "/head" or "html" || name.StartsWith('!') ? end : head;
        }

        return head;
    }

    /// <summary>Before the body's last end tag, else before that of the whole, else the end.</summary>
    public static int BodyEnd(string html)
    {
        var (body, whole) = (-1, -1);
        foreach (var (name, start, _) in Tags(html))
        {
            (body, whole) = name switch
            {
                "/body" => (start, whole),
                "/html" => (body, start),
                _ => (body, whole),
            };
        }

        return body >= 0 ? body : whole >= 0 ? whole : html.Length;
    }

    /// <summary>The tags in order, their names in lower case, with '/' before those of end tags.</summary>
    private static IEnumerable<(string Name, int Start, int End)> Tags(string html)
    {
        var at = 0;
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
            yield return (name, at, end);
            at = Array.IndexOf(Raw, name) >= 0 ? Behind(html, $"</{name}", end) : end;
        }
    }

    private static string NameAt(string html, int at)
    {
        var end = at;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || (end == at && html[end] is '/' or '!')))
        {
            end++;
        }

        return html[at..end].ToLowerInvariant();
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
