using System.Text;
using MailKit;

namespace Jamail.Mail.MailKit;

/// <summary>
/// Follows a dialogue from what went over the wire: MailKit tells of bytes after it has written them, so a phase is never told too late.
/// </summary>
internal sealed class PhaseTracker : IProtocolLogger
{
    private readonly Queue<SendPhase> _unanswered = new();
    private readonly StringBuilder _reply = new();
    private bool _inContent;

    public SendPhase Phase { get; private set; } = SendPhase.Connect;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>From here on commands are read again.</summary>
    public void BeginMessage()
    {
        _inContent = false;
        _unanswered.Clear();
        Phase = SendPhase.Auth;
    }

    public void Enter(SendPhase phase) => Phase = phase;

    public void BeginContent()
    {
        _inContent = true;
        Phase = SendPhase.Content;
    }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        if (_inContent)
        {
            // The dot comes in a write of its own, behind the content.
            Phase = Phase == SendPhase.Dot && buffer.AsSpan(offset, count).SequenceEqual(".\r\n"u8) ? SendPhase.Reply : Phase;
            return;
        }

        foreach (var line in Encoding.Latin1.GetString(buffer, offset, count).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
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
            if (line is [_, _, _, not '-', ..] && _unanswered.TryDequeue(out _) && _unanswered.TryPeek(out var next))
            {
                Phase = next;
            }
        }
    }

    public void Dispose()
    {
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
