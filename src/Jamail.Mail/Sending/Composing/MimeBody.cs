using System.Text;

namespace Jamail.Mail;

/// <summary>One text part: as it is where that is safe, quoted-printable where it is mostly ASCII, else base64.</summary>
internal static class MimeBody
{
    private const int LongestPlainLine = 998;
    private const int LineLength = 76;

    public static void Append(StringBuilder message, string subtype, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var isFlowed = subtype == "plain" && FlowedText.IsFlowed(lines);
        lines = isFlowed ? Array.ConvertAll(lines, FlowedText.Stuffed) : lines;
        message.Append("Content-Type: text/").Append(subtype).Append("; charset=utf-8").Append(isFlowed ? "; format=flowed" : "")
            .Append("\r\nContent-Transfer-Encoding: ");
        if (lines.All(line => line.Length <= LongestPlainLine && line.All(c => c is '\t' or (>= ' ' and <= '~'))))
        {
            message.Append("7bit\r\n\r\n").AppendJoin("\r\n", lines).Append("\r\n");
        }
        else if (text.Count(c => c > 127) * 4 <= text.Length)
        {
            message.Append("quoted-printable\r\n\r\n");
            foreach (var line in lines)
            {
                AppendQuoted(message, Encoding.UTF8.GetBytes(line));
            }
        }
        else
        {
            message.Append("base64\r\n\r\n");
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
            for (var i = 0; i < encoded.Length; i += LineLength)
            {
                message.Append(encoded.AsSpan(i, Math.Min(LineLength, encoded.Length - i))).Append("\r\n");
            }
        }
    }

    private static void AppendQuoted(StringBuilder message, byte[] line)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var isLast = i == line.Length - 1;
            // White space at the end of a line may be dropped on the way.
            var plain = line[i] is >= (byte)'!' and <= (byte)'~' and not (byte)'=' || (line[i] is (byte)' ' or (byte)'\t' && !isLast);
            var width = plain ? 1 : 3;
            if (column + width > LineLength - (isLast ? 0 : 1))
            {
                message.Append("=\r\n");
                column = 0;
            }

            if (plain)
            {
                message.Append((char)line[i]);
            }
            else
            {
                message.Append('=').Append(Convert.ToHexString(line, i, 1));
            }

            column += width;
        }

        message.Append("\r\n");
    }
}
