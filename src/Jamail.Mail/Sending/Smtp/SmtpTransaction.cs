namespace Jamail.Mail;

/// <summary>Sends one message over a ready conversation, and knows at every moment whether it may have been accepted.</summary>
internal sealed class SmtpTransaction(SmtpConversation conversation, SmtpOptions options, TimeProvider clock)
{
    private static readonly byte[] FinalDot = ".\r\n"u8.ToArray();

    private readonly SmtpWire _wire = conversation.Wire;
    private readonly List<string> _left = [];
    private SendPhase _phase = SendPhase.Auth;
    private string? _refused;

    /// <summary>Whether the connection can take another message.</summary>
    public bool IsReusable { get; private set; }

    /// <summary>Recipients that it leaves out.</summary>
    public IReadOnlyList<string> Left => _left;

    public async Task<TransportResult> RunAsync(
        ComposedEmail mail, Func<SendPhase, bool> mayEnter, CancellationToken cancellationToken)
    {
        conversation.Messages++;
        if (SmtpMailRules.FindObstacle(mail, conversation.Offered) is { } obstacle)
        {
            IsReusable = true;
            return Result(TransportFault.Unsupported, obstacle);
        }

        using var limits = new SmtpLimits(clock, cancellationToken);
        try
        {
            limits.Token.ThrowIfCancellationRequested();
            return await EnvelopeAsync(mail, mayEnter, limits).ConfigureAwait(false)
                ?? await ContentAsync(mail, mayEnter, limits).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SmtpFault or OperationCanceledException or IOException
            or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            var fault = limits.Explain(exception);
            return Result(fault.Fault, fault.Message, fault.Reply);
        }
    }

    /// <summary>MAIL, RCPT and DATA, in one packet where the server allows it; null when the content may follow.</summary>
    private async Task<TransportResult?> EnvelopeAsync(ComposedEmail mail, Func<SendPhase, bool> mayEnter, SmtpLimits limits)
    {
        (SendPhase Phase, string Address, string Line)[] commands =
        [
            (SendPhase.MailFrom, "", SmtpMailRules.MailCommand(mail, conversation.Offered)),
            .. mail.EnvelopeMore.Prepend(mail.EnvelopeTo)
                .Select(address => (SendPhase.Recipient, address, SmtpMailRules.RecipientCommand(address, conversation.Offered))),
            (SendPhase.Data, "", "DATA\r\n"),
        ];
        limits.Allow(options.CommandTimeout);
        var grouped = conversation.Offered.Pipelining;
        if (grouped)
        {
            if (!mayEnter(SendPhase.MailFrom) || !mayEnter(SendPhase.Data))
            {
                return Stopped();
            }

            _phase = SendPhase.MailFrom;
            await _wire.SayAsync(string.Concat(commands.Select(command => command.Line)), limits.Token).ConfigureAwait(false);
        }

        (SendPhase Phase, SmtpReply Reply)? refusal = null;
        var taken = 0;
        foreach (var (phase, address, line) in commands)
        {
            if (phase == SendPhase.Recipient && _left.Count > 0 && !grouped)
            {
                _left.Add(address);
                continue;
            }

            if (!grouped)
            {
                if (phase != SendPhase.Recipient && !mayEnter(phase))
                {
                    return Stopped();
                }

                _phase = phase;
                limits.Allow(options.CommandTimeout);
                await _wire.SayAsync(line, limits.Token).ConfigureAwait(false);
            }

            _phase = refusal is null ? phase : _phase;
            var reply = await _wire.ReadReplyAsync(limits.Token).ConfigureAwait(false);
            if (refusal is null && phase == SendPhase.Recipient && taken > 0 && RecipientLimit.IsReached(reply))
            {
                // Those it took are sent the message now, the others by another transaction.
                _left.Add(address);
                continue;
            }

            if (refusal is null && Judge(phase, reply))
            {
                taken += phase == SendPhase.Recipient ? 1 : 0;
                continue;
            }

            _refused ??= refusal is null && phase == SendPhase.Recipient ? address : null;

            refusal ??= (phase, reply);
            if (reply.Code == 421 || (grouped && phase == SendPhase.Data && reply.Code == 354))
            {
                // Closing now, or waiting for content that must not come: nothing more can be said here.
                return Refused(refusal.Value.Reply);
            }

            if (!grouped)
            {
                break;
            }
        }

        if (refusal is null)
        {
            return null;
        }

        IsReusable = await conversation.ResetAsync(limits).ConfigureAwait(false);
        return Refused(refusal.Value.Reply);
    }

    private async Task<TransportResult> ContentAsync(ComposedEmail mail, Func<SendPhase, bool> mayEnter, SmtpLimits limits)
    {
        _phase = SendPhase.Content;
        limits.Allow(options.CommandTimeout);
        await _wire.WriteContentAsync(SmtpContent.Prepare(mail.Content), () => limits.Allow(options.CommandTimeout), limits.Token)
            .ConfigureAwait(false);
        if (!mayEnter(SendPhase.Dot) || !limits.IgnoreCaller())
        {
            return Stopped();
        }

        if (_wire.IsClosed)
        {
            throw new SmtpFault(TransportFault.ConnectionLost, "The server closed the connection before the content was complete.");
        }

        if (_wire.Tls is null && _wire.HasNews)
        {
            // An answer before its time is a refusal; without the dot nothing can have been accepted.
            return Refused(await _wire.ReadReplyAsync(limits.Token).ConfigureAwait(false));
        }

        // From the first byte of the dot on, the server may have accepted the message.
        _phase = SendPhase.Dot;
        limits.Allow(options.FinalReplyTimeout);
        await _wire.WriteAsync(FinalDot, limits.Token).ConfigureAwait(false);
        _phase = SendPhase.Reply;
        var reply = await _wire.ReadReplyAsync(limits.Token).ConfigureAwait(false);
        if (reply.Code is >= 300 and < 400)
        {
            throw new SmtpFault(TransportFault.Protocol, $"The server answered the message with {reply.Code} {reply.Text}", reply);
        }

        IsReusable = reply.Code != 421 && _wire.Unread == 0;
        return reply.IsPositive
            ? Result(TransportFault.None, reply.Text, reply) with { Left = _left.Count > 0 ? _left : null }
            : Refused(reply);
    }

    private static bool Judge(SendPhase phase, SmtpReply reply)
    {
        var expected = phase == SendPhase.Data ? reply.Code == 354 : reply.IsPositive;
        return expected || reply.Code >= 400
            ? expected
            : throw new SmtpFault(TransportFault.Protocol, $"The server answered {phase} with {reply.Code} {reply.Text}", reply);
    }

    private TransportResult Stopped() => Result(TransportFault.Stopped, "The sender may not go on.");

    private TransportResult Refused(SmtpReply reply) => Result(TransportFault.Refused, reply.Text, reply);

    private TransportResult Result(TransportFault fault, string text, SmtpReply? reply = null) => new()
    {
        Phase = _phase,
        Fault = fault,
        ReplyCode = reply?.Code,
        EnhancedCode = reply?.EnhancedCode,
        Recipient = _refused,
        Text = text.Length > 1000 ? text[..1000] : text,
        ConnectionUse = conversation.Messages,
        Tls = _wire.Tls,
    };
}
