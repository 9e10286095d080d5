using System.Globalization;
using System.Text;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>
/// HTML whose template tags are hidden from an HTML parser: comments in text, words in attribute values. Positions in it lead back to
/// the source.
/// </summary>
internal sealed class MarkedHtml
{
    private readonly List<(int At, int Length, int SourceAt, int SourceLength)> _marks = [];

    private MarkedHtml(string source) => Source = source;

    public string Source { get; }

    public string Text { get; private set; } = "";

    /// <returns>Null when a tag stands where none can be hidden; the problem says where.</returns>
    public static MarkedHtml? Read(string source, string field, List<InputProblem> problems)
    {
        var marked = new MarkedHtml(source);
        var text = new StringBuilder(source.Length + 64);
        var place = Place.Text;
        var quote = '\0';
        for (var i = 0; i < source.Length;)
        {
            if (source.AsSpan(i).StartsWith("{{"))
            {
                var end = EndOfTag(source, i);
                if (place == Place.Tag)
                {
                    problems.Add(Problem(source, field, i));
                    return null;
                }

                var stand = place == Place.Value ? string.Create(CultureInfo.InvariantCulture, $"jm{marked._marks.Count}")
                    : place == Place.Text ? string.Create(CultureInfo.InvariantCulture, $"<!--jm{marked._marks.Count}-->")
                    : source[i..end];
                marked._marks.Add((text.Length, stand.Length, i, end - i));
                text.Append(stand);
                i = end;
                continue;
            }

            place = Next(source, i, place, ref quote);
            text.Append(source[i++]);
        }

        marked.Text = text.ToString();
        return marked;
    }

    /// <summary>Where a place of the marked text is in the source.</summary>
    public int ToSource(int position)
    {
        var shift = 0;
        foreach (var (at, length, _, sourceLength) in _marks)
        {
            if (at >= position)
            {
                break;
            }

            shift += sourceLength - length;
        }

        return position + shift;
    }

    private static int EndOfTag(string source, int start)
    {
        var close = source.AsSpan(start).StartsWith("{{{") ? "}}}" : "}}";
        var end = source.IndexOf(close, start, StringComparison.Ordinal);
        return end < 0 ? source.Length : end + close.Length;
    }

    private static Place Next(string source, int at, Place place, ref char quote)
    {
        var rest = source.AsSpan(at);
        switch (place)
        {
            case Place.Text when rest.StartsWith("<!--"):
                return Place.Comment;
            case Place.Text when rest.StartsWith("<style", StringComparison.OrdinalIgnoreCase):
                return Place.Raw;
            case Place.Text when rest.Length > 1 && rest[0] == '<' && (char.IsAsciiLetter(rest[1]) || rest[1] == '/'):
                return Place.Tag;
            case Place.Comment when rest.StartsWith(">") && at >= 2 && source.AsSpan(at - 2, 2).SequenceEqual("--"):
                return Place.Text;
            case Place.Raw when rest.StartsWith("</style", StringComparison.OrdinalIgnoreCase):
                return Place.Tag;
            case Place.Tag when rest[0] == '>':
                return Place.Text;
            case Place.Tag when rest[0] is '"' or '\'':
                quote = rest[0];
                return Place.Value;
            case Place.Value when rest[0] == quote:
                return Place.Tag;
            default:
                return place;
        }
    }

    private static InputProblem Problem(string source, string field, int position)
    {
        var before = source.AsSpan(0, position);
        var (line, column) = (before.Count('\n') + 1, position - before.LastIndexOf('\n'));
        return new InputProblem(
            field, $"Line {line}, column {column}: A template tag stands between the attributes of an HTML tag.",
            "Put it into an attribute's value, in quotes, or around the whole HTML tag.")
        {
            Line = line,
            Column = column,
        };
    }

    private enum Place
    {
        Text,
        Tag,
        Value,
        Comment,
        Raw,
    }
}
