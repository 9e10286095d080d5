namespace Jamail.Mail;

/// <summary>Makes a message ready for the wire: dots doubled, every line end CR LF, the last one too.</summary>
internal static class SmtpContent
{
    public static ReadOnlyMemory<byte> Prepare(ReadOnlyMemory<byte> content) =>
        IsReady(content.Span) ? content : Rewrite(content.Span);

    /// <summary>The same without doubled dots, for a client that doubles them itself.</summary>
    public static byte[] WithLineEnds(ReadOnlySpan<byte> content)
    {
        var output = new MemoryStream(content.Length + 64);
        while (content.Length > 0)
        {
            var end = content.IndexOfAny((byte)'\r', (byte)'\n');
            output.Write(end < 0 ? content : content[..end]);
            output.Write("\r\n"u8);
            content = end < 0 ? [] : content[(end + (content[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        return output.ToArray();
    }

    private static bool IsReady(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("."u8) || !content.EndsWith("\r\n"u8) || content.IndexOf("\r\n."u8) >= 0)
        {
            return false;
        }

        var rest = content;
        while (rest.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0)
        {
            if (!rest[at..].StartsWith("\r\n"u8))
            {
                return false;
            }

            rest = rest[(at + 2)..];
        }

        return true;
    }

    /// <summary>A bare CR or LF becomes a line end: a server that takes one for an end would otherwise see a dot we did not double.</summary>
    private static byte[] Rewrite(ReadOnlySpan<byte> content)
    {
        var output = new MemoryStream(content.Length + 64);
        while (content.Length > 0)
        {
            var end = content.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? content : content[..end];
            if (line.StartsWith("."u8))
            {
                output.WriteByte((byte)'.');
            }

            output.Write(line);
            output.Write("\r\n"u8);
            content = end < 0 ? [] : content[(end + (content[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        return output.ToArray();
    }
}
