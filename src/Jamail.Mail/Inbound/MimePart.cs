using System.Text;

namespace Jamail.Mail;

/// <summary>A message, or a part of one: headers and what stands below them.</summary>
internal sealed class MimePart
{
    private const int Deepest = 10;
    private const int MaxParts = 100;

    private MimePart(IReadOnlyList<(string Name, string Value)> headers, string body, IReadOnlyList<MimePart> parts) =>
        (Headers, Body, Parts) = (headers, body, parts);

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public string Body { get; }

    public IReadOnlyList<MimePart> Parts { get; }

    public string MediaType => Value("Content-Type").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The first header of a name, unfolded; empty when there is none.</summary>
    public string Value(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    public IEnumerable<MimePart> All => Parts.SelectMany(part => part.All).Prepend(this);

    public static MimePart Read(ReadOnlySpan<byte> message) => Read(Encoding.Latin1.GetString(message).ReplaceLineEndings("\n"), 0);

    /// <summary>Header lines alone, as in the fields of a delivery status; groups are separated by empty lines.</summary>
    public static IReadOnlyList<(string Name, string Value)> Fields(string text)
    {
        var fields = new List<(string Name, string Value)>();
        foreach (var line in text.Split('\n'))
        {
            if (line is [' ' or '\t', ..] && fields.Count > 0)
            {
                fields[^1] = (fields[^1].Name, $"{fields[^1].Value} {line.Trim()}");
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
            {
                fields.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
        }

        return fields;
    }

    private static MimePart Read(string text, int depth)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = Fields(end < 0 ? text : text[..end]);
        var body = end < 0 ? "" : text[(end + 2)..];
        var part = new MimePart(headers, body, []);
        return depth < Deepest && part.MediaType.StartsWith("multipart/", StringComparison.Ordinal) && Boundary(part.Value("Content-Type")) is { } boundary
            ? new MimePart(headers, body, [.. Split(body, boundary).Take(MaxParts).Select(inner => Read(inner, depth + 1))])
            : part;
    }

    private static IEnumerable<string> Split(string body, string boundary)
    {
        StringBuilder? current = null;
        foreach (var line in body.Split('\n'))
        {
            if (line.TrimEnd() is var bare && (bare == $"--{boundary}" || bare == $"--{boundary}--"))
            {
                if (current is not null)
                {
                    yield return current.ToString();
                }

                if (bare.EndsWith("--", StringComparison.Ordinal) && bare.Length == boundary.Length + 4)
                {
                    yield break;
                }

                current = new StringBuilder();
            }
            else
            {
                current?.Append(line).Append('\n');
            }
        }
    }

    private static string? Boundary(string contentType)
    {
        var at = contentType.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var value = contentType[(at + 9)..].TrimStart();
        var end = value.StartsWith('"') ? value.IndexOf('"', 1) : value.IndexOfAny([';', ' ']);
        return value.StartsWith('"') ? (end > 1 ? value[1..end] : null) : end < 0 ? value : value[..end];
    }
}
