using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Jamail.TestSupport;

/// <summary>One connection of a <see cref="SmtpSink"/>.</summary>
internal sealed class SmtpSinkSession(SmtpSink sink, Socket socket, int number) : IAsyncDisposable
{
    private readonly SmtpSinkWire _wire = new(socket, (who, line) => sink.Said(number, who, line));
    private readonly List<string> _recipients = [];
    private readonly List<string> _recipientParameters = [];
    private bool _tls;
    private string? _user;
    private string? _from;
    private string _parameters = "";
    private int _messages;

    private SmtpSinkOptions Options => sink.Options;

    public void Abort() => _wire.Abort();

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    public async Task RunAsync(CancellationToken stop)
    {
        socket.NoDelay = true;
        try
        {
            if (await ActAsync(SmtpStep.Connect, "", () => ValueTask.CompletedTask, stop))
            {
                if (Options.Tls == SinkTls.Implicit)
                {
                    await UpgradeAsync(stop);
                }

                if (await ActAsync(SmtpStep.Greeting, "", () => _wire.SayAsync("220 sink.test ESMTP"), stop))
                {
                    while (await _wire.ReadLineAsync(stop) is { } line && await HandleAsync(line, stop))
                    {
                    }
                }
            }

            await _wire.FlushAsync();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or AuthenticationException)
        {
            sink.Said(number, '!', e.GetType().Name + " " + e.Message);
        }
    }

    private async Task<bool> HandleAsync(string line, CancellationToken stop)
    {
        var verb = line.Split(' ', ':')[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                return await ActAsync(SmtpStep.Ehlo, line, () => _wire.SayAsync(Options.Ehlo ? SmtpSinkGreeting.For(Options, _tls) : "500 5.5.1 What is EHLO?"), stop);
            case "HELO":
                return await ActAsync(SmtpStep.Helo, line, () => _wire.SayAsync("250 sink.test"), stop);
            case "STARTTLS":
                return await ActAsync(SmtpStep.StartTls, line, () => StartTlsAsync(stop), stop);
            case "AUTH":
                return await ActAsync(SmtpStep.Auth, line, async () => _user = await SmtpSinkLogin.RunAsync(_wire, Options, line, stop) ?? _user, stop);
            case "MAIL":
                return await ActAsync(SmtpStep.Mail, line, () => MailAsync(line), stop) && _messages <= Options.MessagesPerConnection;
            case "RCPT":
                return await ActAsync(SmtpStep.Rcpt, line, () => RcptAsync(line), stop);
            case "DATA":
                var accepted = false;
                return await ActAsync(SmtpStep.Data, line, () =>
                {
                    accepted = _from is not null && _recipients.Count > 0;
                    return _wire.SayAsync(accepted ? "354 Go on" : "503 5.5.1 No valid recipients");
                }, stop) && (!accepted || await ContentAsync(null, stop));
            case "BDAT" when Options.Chunking && line.Split(' ') is [_, var size, "LAST"]:
                return await ContentAsync(int.Parse(size, CultureInfo.InvariantCulture), stop);
            case "RSET":
                return await ActAsync(SmtpStep.Rset, line, () =>
                {
                    Forget();
                    return _wire.SayAsync("250 2.0.0 Ok");
                }, stop);
            case "NOOP":
                return await ActAsync(SmtpStep.Noop, line, () => _wire.SayAsync("250 2.0.0 Ok"), stop);
            case "QUIT":
                await ActAsync(SmtpStep.Quit, line, () => _wire.SayAsync("221 2.0.0 Bye"), stop);
                return false;
            default:
                return await ActAsync(SmtpStep.Other, line, () => _wire.SayAsync("500 5.5.2 Unknown command"), stop);
        }
    }

    private async ValueTask StartTlsAsync(CancellationToken stop)
    {
        if (Options.Tls != SinkTls.StartTls || _tls)
        {
            await _wire.SayAsync("502 5.5.1 No STARTTLS here");
            return;
        }

        await _wire.SayAsync("220 2.0.0 Ready");
        await _wire.FlushAsync();
        await UpgradeAsync(stop);
        Forget();
    }

    private async Task UpgradeAsync(CancellationToken stop)
    {
        await _wire.UpgradeAsync(new SslServerAuthenticationOptions { ServerCertificate = Options.Certificate }, stop);
        _tls = true;
    }

    private ValueTask MailAsync(string line)
    {
        if (Options.RequireAuth && _user is null)
        {
            return _wire.SayAsync("530 5.7.0 Authentication required");
        }

        if (++_messages > Options.MessagesPerConnection)
        {
            return _wire.SayAsync("421 4.7.0 Too many messages in this session");
        }

        var close = line.IndexOf('>', StringComparison.Ordinal);
        if (!line.StartsWith("MAIL FROM:<", StringComparison.OrdinalIgnoreCase) || close < 0 || _from is not null)
        {
            return _wire.SayAsync("501 5.5.4 Syntax");
        }

        _parameters = line[(close + 1)..].Trim();
        var size = _parameters.Split(' ').FirstOrDefault(p => p.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase));
        if (size is not null && Options.Size is { } limit && long.Parse(size[5..], CultureInfo.InvariantCulture) > limit)
        {
            return _wire.SayAsync("552 5.3.4 Message too big");
        }

        _from = line["MAIL FROM:<".Length..close];
        return _wire.SayAsync("250 2.1.0 Ok");
    }

    private ValueTask RcptAsync(string line)
    {
        var close = line.IndexOf('>', StringComparison.Ordinal);
        if (_from is null || !line.StartsWith("RCPT TO:<", StringComparison.OrdinalIgnoreCase) || close < 0)
        {
            return _wire.SayAsync(_from is null ? "503 5.5.1 MAIL first" : "501 5.5.4 Syntax");
        }

        _recipients.Add(line["RCPT TO:<".Length..close]);
        _recipientParameters.Add(line[(close + 1)..].Trim());
        return _wire.SayAsync("250 2.1.5 Ok");
    }

    /// <param name="chunk">How many bytes follow; null where a dot ends them.</param>
    /// <param name="stop">Stops.</param>
    private async Task<bool> ContentAsync(int? chunk, CancellationToken stop)
    {
        await _wire.FlushAsync();
        var content = await ReadContentAsync(chunk, stop);
        if (content is null)
        {
            return false;
        }

        var message = new SinkMessage
        {
            From = _from!,
            Recipients = [.. _recipients],
            MailParameters = _parameters,
            RecipientParameters = [.. _recipientParameters],
            Chunked = chunk is not null,
            Content = Options.KeepContent ? content : [],
            MessageId = SinkMessage.HeaderOf(Encoding.Latin1.GetString(content), "Message-ID") ?? "",
            Connection = number,
            Tls = _tls,
            User = _user,
        };
        Forget();
        var action = sink.ActionAt(SmtpStep.Dot, message.MessageId);
        if (action is SinkAction.Close { Store: true } or SinkAction.Silence { Store: true })
        {
            sink.Store(message);
        }

        return await ActAsync(action, () =>
        {
            sink.Store(message);
            return _wire.SayAsync("250 2.0.0 Ok: queued");
        }, stop);
    }

    private async Task<byte[]?> ReadContentAsync(int? chunk, CancellationToken stop)
    {
        if ((!_wire.HasInput && !await _wire.FillAsync(stop)) ||
            !await ActAsync(SmtpStep.Content, "", () => ValueTask.CompletedTask, stop))
        {
            return null;
        }

        if (chunk is { } size)
        {
            return await _wire.ReadBytesAsync(size, stop);
        }

        var content = new MemoryStream();
        while (true)
        {
            while (_wire.NextLine() is { } line)
            {
                if (line.Span is [(byte)'.', (byte)'\r', (byte)'\n'])
                {
                    return content.ToArray();
                }

                content.Write(line.Span is [(byte)'.', ..] ? line.Span[1..] : line.Span);
            }

            if (!await _wire.FillAsync(stop))
            {
                return null;
            }
        }
    }

    private Task<bool> ActAsync(SmtpStep step, string line, Func<ValueTask> normal, CancellationToken stop) =>
        ActAsync(sink.ActionAt(step, line), normal, stop);

    private async Task<bool> ActAsync(SinkAction? action, Func<ValueTask> normal, CancellationToken stop)
    {
        switch (action)
        {
            case SinkAction.Reply reply:
                await _wire.SayAsync(reply.Text);
                return !reply.Text.StartsWith("421", StringComparison.Ordinal);
            case SinkAction.Close close:
                await _wire.FlushAsync();
                if (close.Reset)
                {
                    _wire.LeaveByReset();
                }

                return false;
            case SinkAction.Hold hold:
                await _wire.FlushAsync();
                await hold.Release.WaitAsync(stop);
                break;
            case SinkAction.Delay delay:
                await _wire.FlushAsync();
                await Task.Delay(delay.Time, stop);
                break;
            case SinkAction.Silence:
                await _wire.FlushAsync();
                await _wire.SwallowAsync(stop);
                return false;
            case SinkAction.Drip drip:
                await _wire.FlushAsync();
                _wire.Drip = drip.Interval;
                break;
            case SinkAction.Append append:
                _wire.Appendix = append.Text;
                break;
            case SinkAction.Flood:
                while (true)
                {
                    await _wire.SayAsync("250-and another line");
                    await _wire.FlushAsync();
                }
        }

        await normal();
        return true;
    }

    private void Forget()
    {
        _from = null;
        _recipients.Clear();
        _recipientParameters.Clear();
        _parameters = "";
    }
}
