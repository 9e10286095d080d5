using System.Diagnostics.CodeAnalysis;

namespace Jamail.Mail;

/// <summary>A variable as written in a tag.</summary>
/// <param name="Text">As written.</param>
/// <param name="Ups">How many <c>../</c> it begins with.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Segments">The names behind that.</param>
internal sealed record TemplatePath(string Text, int Ups, TemplatePathStart Start, IReadOnlyList<string> Segments)
{
    private static readonly string[] LoopNames = ["index", "key", "first", "last"];

    /// <summary>Reads one word of a tag.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TemplatePath? path)
    {
        path = null;
        var rest = text.AsSpan();
        var start = TemplatePathStart.Name;
        if (rest.StartsWith("@"))
        {
            rest = rest[1..];
            var ups = CutUps(ref rest);
            if (ups == 0 && (rest is "root" || rest.StartsWith("root.") || rest.StartsWith("root/")))
            {
                return TryReadSegments(text, 0, TemplatePathStart.Root, rest.Length == 4 ? default : rest[5..], out path);
            }

            path = Array.IndexOf(LoopNames, rest.ToString()) >= 0 ? new TemplatePath(text, ups, TemplatePathStart.Loop, [rest.ToString()]) : null;
            return path is not null;
        }

        if (rest.StartsWith("./"))
        {
            start = TemplatePathStart.Here;
            rest = rest[2..];
        }

        var count = CutUps(ref rest);
        if (rest is "..")
        {
            count++;
            rest = default;
            start = TemplatePathStart.Here;
        }
        else if (rest is "." or "this")
        {
            rest = default;
            start = TemplatePathStart.Here;
        }
        else if (rest.StartsWith("this.") || rest.StartsWith("this/"))
        {
            rest = rest[5..];
            start = TemplatePathStart.Here;
            if (rest.IsEmpty)
            {
                return false;
            }
        }
        else if (rest.IsEmpty)
        {
            return false;
        }

        return TryReadSegments(text, count, count > 0 ? TemplatePathStart.Here : start, rest, out path);
    }

    private static int CutUps(ref ReadOnlySpan<char> rest)
    {
        var count = 0;
        while (rest.StartsWith("../"))
        {
            rest = rest[3..];
            count++;
        }

        return count;
    }

    private static bool TryReadSegments(
        string text, int ups, TemplatePathStart start, ReadOnlySpan<char> rest, [NotNullWhen(true)] out TemplatePath? path)
    {
        path = null;
        List<string> segments = [];
        while (!rest.IsEmpty)
        {
            int end;
            if (rest[0] == '[')
            {
                end = rest.IndexOf(']');
                if (end < 2)
                {
                    return false;
                }

                segments.Add(rest[1..end].ToString());
                end++;
            }
            else
            {
                end = rest.IndexOfAny('.', '/');
                end = end < 0 ? rest.Length : end;
                foreach (var c in rest[..end])
                {
                    if (!char.IsLetterOrDigit(c) && c is not ('_' or '-' or '$' or ':'))
                    {
                        return false;
                    }
                }

                if (end == 0)
                {
                    return false;
                }

                segments.Add(rest[..end].ToString());
            }

            if (end < rest.Length && (rest[end] is not ('.' or '/') || end == rest.Length - 1))
            {
                return false;
            }

            rest = end < rest.Length ? rest[(end + 1)..] : default;
        }

        path = new TemplatePath(text, ups, start, segments);
        return true;
    }
}
