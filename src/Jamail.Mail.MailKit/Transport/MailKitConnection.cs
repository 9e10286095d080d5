using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Jamail.Mail.MailKit;

/// <summary>A client lent to one sender.</summary>
internal sealed class MailKitConnection(
    SmtpPool<MailKitClient> pool, PooledLine<MailKitClient> pooled, SmtpOptions options, DkimSigning? signing, TimeProvider clock)
    : IEmailConnection
{
    private readonly MailKitClient _client = pooled.Line;
    private bool _isReusable = true;
    private bool _disposed;

    public IReadOnlyList<string> Capabilities => _client.OfferedLines();

    public IReadOnlyList<string> Left => _client.Left ?? [];

    public async Task<TransportResult> SendAsync(ComposedEmail mail, Func<SendPhase, bool> mayEnter, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_isReusable)
        {
            throw new InvalidOperationException("The connection failed with the message before; open another one.");
        }

        _client.Messages++;
        _client.Begin(mail, mayEnter);
        if (SmtpMailRules.FindObstacle(mail, _client.Offered()) is { } obstacle)
        {
            return Result(TransportFault.Unsupported, obstacle);
        }

        _isReusable = false;
        using var limits = new SmtpLimits(clock, cancellationToken);
        try
        {
            if (cancellationToken.IsCancellationRequested || !mayEnter(SendPhase.MailFrom))
            {
                return Result(TransportFault.Stopped, "The sender may not go on.");
            }

            return await SendAsync(mail, mayEnter, limits).ConfigureAwait(false);
        }
        catch (Exception exception) when (MailKitFaults.IsOurs(exception))
        {
            var fault = MailKitFaults.Explain(exception, limits);
            if (exception is SmtpCommandException or ServiceNotAuthenticatedException)
            {
                // MailKit has said RSET, or closed the connection where that failed.
                _isReusable = _client.IsConnected && fault.Reply?.Code != 421;
                _client.Tracker.Enter(_client.Tracker.Refused ?? _client.Tracker.Phase);
            }

            return Result(fault.Fault, fault.Message, fault.Reply);
        }
    }

    public async Task<TransportResult?> ProbeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var limits = new SmtpLimits(clock, cancellationToken);
        limits.Allow(options.CommandTimeout);
        _isReusable = false;
        try
        {
            await _client.NoOpAsync(limits.Token).ConfigureAwait(false);
            _isReusable = true;
            return null;
        }
        catch (Exception exception) when (MailKitFaults.IsOurs(exception))
        {
            var fault = MailKitFaults.Explain(exception, limits);
            return Result(fault.Fault, $"The server let us in and did not answer NOOP: {fault.Message}", fault.Reply) with { Phase = SendPhase.Auth };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await pool.ReturnAsync(pooled, _isReusable).ConfigureAwait(false);
        }
    }

    private async Task<TransportResult> SendAsync(ComposedEmail mail, Func<SendPhase, bool> mayEnter, SmtpLimits limits)
    {
        var content = SmtpContent.WithLineEnds(mail.Content.Span);
        using var bytes = new MemoryStream(content, writable: false);
        using var message = await MimeMessage.LoadAsync(bytes, limits.Token).ConfigureAwait(false);
        signing?.Sign(message);
        var format = FormatOptions.Default.Clone();
        format.International = mail.NeedsUtf8;
        limits.Allow(options.CommandTimeout);
        _client.Tracker.Enter(SendPhase.MailFrom);
        var text = await _client.SendAsync(
            format,
            message,
            new MailboxAddress("", mail.EnvelopeFrom),
            [new MailboxAddress("", mail.EnvelopeTo), .. mail.EnvelopeMore.Select(address => new MailboxAddress("", address))],
            limits.Token,
            new ContentProgress(_client, content.AsSpan().Count("\n."u8), mayEnter, limits, options)).ConfigureAwait(false);
        _isReusable = true;
        _client.Tracker.Enter(SendPhase.Reply);
        return Result(TransportFault.None, text, MailKitFaults.Reply(250, text)) with { Left = _client.Left };
    }

    private TransportResult Result(TransportFault fault, string text, SmtpReply? reply = null) => new()
    {
        Phase = _client.Tracker.Phase,
        Fault = fault,
        ReplyCode = reply?.Code,
        EnhancedCode = reply?.EnhancedCode,
        Recipient = _client.Refused,
        Text = text.Length > 1000 ? text[..1000] : text,
        ConnectionUse = _client.Messages,
        Tls = _client.IsSecure ? _client.SslProtocol.ToString() : null,
    };
}
