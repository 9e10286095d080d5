using System.Text;
using MailKit;

namespace Jamail.Mail.MailKit;

/// <summary>
/// Follows a dialogue from what went over the wire. MailKit tells of bytes after it has written them, when the server may have seen
/// them already, so what comes next is entered before it is written.
/// </summary>
internal sealed class PhaseTracker : IProtocolLogger
{
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

    private readonly Queue<SendPhase> _unanswered = new();
    private readonly StringBuilder _reply = new();
    private readonly byte[] _tail = new byte[End.Length];
    private bool _inContent;
    private long? _chunk;
    private long _written;

    public SendPhase Phase { get; private set; } = SendPhase.Connect;

    /// <summary>The phase whose reply was the first refusal of the message; null when there was none.</summary>
    public SendPhase? Refused { get; private set; }

    /// <summary>Whether all of a chunk of known size went out, which is the end of it.</summary>
    public bool IsChunkWritten => _chunk is { } size && _written >= size;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>From here on commands are read again.</summary>
    public void BeginMessage()
    {
        _inContent = false;
        _unanswered.Clear();
        Refused = null;
        Phase = SendPhase.Auth;
    }

    public void Enter(SendPhase phase) => Phase = phase;

    /// <summary>The refusal of a recipient does not end the message.</summary>
    public void Tolerate() => Refused = null;

    public void Refuse(SendPhase phase) => Refused ??= phase;

    /// <param name="chunk">The size of the message where it goes out as one chunk (BDAT); null where a dot ends it.</param>
    public void BeginContent(long? chunk)
    {
        _inContent = true;
        _chunk = chunk;
        _written = 0;
        Array.Clear(_tail);
        Phase = SendPhase.Content;
    }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        var bytes = buffer.AsSpan(offset, count);
        if (_inContent)
        {
            Follow(bytes);
            return;
        }

        foreach (var line in Encoding.Latin1.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(line) is { } phase)
            {
                _unanswered.Enqueue(phase);
                Phase = _unanswered.Peek();
            }
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        _reply.Append(Encoding.Latin1.GetString(buffer, offset, count));
        var text = _reply.ToString();
        var end = text.LastIndexOf('\n') + 1;
        _reply.Remove(0, end);
        foreach (var line in text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // The last line of a reply has no hyphen behind its code.
            if (line is [var kind, _, _, not '-', ..])
            {
                Answered(kind is '4' or '5');
            }
        }
    }

    public void Dispose()
    {
    }

    private void Answered(bool isRefusal)
    {
        if (_inContent)
        {
            // MailKit reads nothing before all of the content is out.
            Phase = SendPhase.Reply;
            Refused ??= isRefusal ? SendPhase.Reply : null;
        }
        else if (_unanswered.TryDequeue(out var answered))
        {
            Refused ??= isRefusal ? answered : null;
            Phase = _unanswered.TryPeek(out var next) ? next : After(answered, isRefusal);
        }
    }

    private SendPhase After(SendPhase answered, bool isRefusal) =>
        answered == SendPhase.MailFrom && !isRefusal ? SendPhase.Recipient : Phase;

    // The end is looked for in the bytes themselves: whatever was reported of the progress, from there on the message is in doubt.
    private void Follow(ReadOnlySpan<byte> bytes)
    {
        if (_written == 0 && _chunk is not null && bytes.StartsWith("BDAT "u8))
        {
            bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        }

        _written += bytes.Length;
        if (bytes.Length >= _tail.Length)
        {
            bytes[^_tail.Length..].CopyTo(_tail);
        }
        else
        {
            _tail.AsSpan(bytes.Length).CopyTo(_tail);
            bytes.CopyTo(_tail.AsSpan(_tail.Length - bytes.Length));
        }

        if (IsChunkWritten || (_chunk is null && _tail.AsSpan().SequenceEqual(End)))
        {
            Phase = SendPhase.Reply;
        }
    }

    private static SendPhase? Read(string line) => line.Split(' ')[0].ToUpperInvariant() switch
    {
        "EHLO" or "HELO" or "AUTH" => SendPhase.Auth,
        "STARTTLS" => SendPhase.Tls,
        "MAIL" => SendPhase.MailFrom,
        "RCPT" => SendPhase.Recipient,
        "DATA" => SendPhase.Data,
        _ => null,
    };
}
