using System.Text;

namespace Jamail.TestSupport;

/// <summary>One message that a <see cref="SmtpSink"/> accepted.</summary>
public sealed class SinkMessage
{
    private string? _text;

    public required string From { get; init; }

    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>What stood behind the address in MAIL, e.g. <c>SIZE=812 BODY=8BITMIME</c>.</summary>
    public required string MailParameters { get; init; }

    /// <summary>What stood behind each recipient in RCPT, e.g. <c>NOTIFY=FAILURE,DELAY</c>.</summary>
    public IReadOnlyList<string> RecipientParameters { get; init; } = [];

    /// <summary>Whether it came by BDAT.</summary>
    public bool Chunked { get; init; }

    /// <summary>The message as sent, dots unstuffed; empty when the sink keeps no content.</summary>
    public required byte[] Content { get; init; }

    /// <summary>With its angle brackets; empty when the message had none.</summary>
    public required string MessageId { get; init; }

    /// <summary>The number of the connection it came over, counting from 1.</summary>
    public required int Connection { get; init; }

    public required bool Tls { get; init; }

    /// <summary>Who had logged in; null without a login.</summary>
    public string? User { get; init; }

    /// <summary>The content, one char per byte.</summary>
    public string Text => _text ??= Encoding.Latin1.GetString(Content);

    /// <summary>The header with this name, unfolded; null when there is none.</summary>
    public string? Header(string name) => HeaderOf(Text, name);

    internal static string? HeaderOf(string text, string name)
    {
        var lines = text.Split("\r\n");
        for (var i = 0; i < lines.Length && lines[i].Length > 0; i++)
        {
            if (!lines[i].StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var value = new StringBuilder(lines[i][(name.Length + 1)..]);
            while (i + 1 < lines.Length && lines[i + 1] is [' ' or '\t', ..])
            {
                value.Append(lines[++i]);
            }

            return value.ToString().Trim();
        }

        return null;
    }
}
