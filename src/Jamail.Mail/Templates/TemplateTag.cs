namespace Jamail.Mail;

/// <summary>One {{…}} of a source.</summary>
/// <param name="Body">Between the braces, trimmed, without whitespace control.</param>
/// <param name="Braces">2, or 3 for output as it is.</param>
/// <param name="TrimsBefore">Whether it begins with '~'.</param>
/// <param name="TrimsAfter">Whether it ends with '~'.</param>
/// <param name="End">The position behind it.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
internal readonly record struct TemplateTag(string Body, int Braces, bool TrimsBefore, bool TrimsAfter, int End, string? Problem)
{
    public bool IsComment => Body.StartsWith('!');

    public static TemplateTag Read(string source, int start)
    {
        var rest = source.AsSpan(start);
        if (rest.StartsWith("{{{{"))
        {
            return Broken("Raw blocks {{{{…}}}} are not supported; write \\{{ for braces that are text.");
        }

        var braces = rest.StartsWith("{{{") ? 3 : 2;
        var inner = rest[braces..];
        var trimsBefore = inner.StartsWith("~");
        inner = trimsBefore ? inner[1..] : inner;
        var close = inner.StartsWith("!--") ? CommentEnd(inner) : inner.IndexOf(braces == 3 ? "}}}" : "}}");
        if (close < 0)
        {
            return Broken($"The tag is never closed; add {new string('}', braces)}.");
        }

        var end = start + braces + (trimsBefore ? 1 : 0) + close + braces;
        var body = inner[..close];
        var trimsAfter = body.EndsWith("~");
        body = (trimsAfter ? body[..^1] : body).Trim();
        if (body.IsEmpty)
        {
            return Broken("The tag is empty; give a variable, or write \\{{ for braces that are text.");
        }

        if (body[0] != '!' && body.IndexOfAny('{', '}') >= 0)
        {
            return Broken($"The tag holds a brace; was a {new string('}', braces)} forgotten?");
        }

        return new TemplateTag(body.ToString(), braces, trimsBefore, trimsAfter, end, null);
    }

    /// <summary>The tag with another body.</summary>
    public string Write(string body) =>
        $"{new string('{', Braces)}{(TrimsBefore ? "~" : "")}{body}{(TrimsAfter ? "~" : "")}{new string('}', Braces)}";

    private static int CommentEnd(ReadOnlySpan<char> inner)
    {
        var plain = inner.IndexOf("--}}");
        var trimming = inner.IndexOf("--~}}");
        return trimming >= 0 && (plain < 0 || trimming < plain) ? trimming + 3 : plain < 0 ? -1 : plain + 2;
    }

    private static TemplateTag Broken(string problem) => new("", 2, false, false, 0, problem);
}
