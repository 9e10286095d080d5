using System.Diagnostics.CodeAnalysis;

namespace Jamail.Mail;

/// <summary>A dialogue with one server, from its greeting until it can take messages. For one caller at a time.</summary>
internal sealed class SmtpConversation(SmtpWire wire, SmtpOptions options, bool isLoopback, string ehloName) : ISmtpLine
{
    public SmtpCapabilities Offered { get; private set; } = SmtpCapabilities.None;

    /// <summary>How far the dialogue has got.</summary>
    public SendPhase Phase { get; private set; } = SendPhase.Connect;

    public SmtpWire Wire => wire;

    public int Messages { get; set; }

    public bool HasNews => wire.HasNews;

    /// <summary>Greets, encrypts as configured, and signs in.</summary>
    /// <exception cref="SmtpFault">The server refused, or does not offer what is required.</exception>
    public async Task BeginAsync(SmtpLimits limits)
    {
        var security = options.EffectiveSecurity;
        if (security == SmtpSecurity.Tls)
        {
            await SecureAsync(limits.Token).ConfigureAwait(false);
        }

        // From here on the server is reached; how long it thinks is a matter of the command limit.
        Phase = SendPhase.Connect;
        limits.Allow(options.CommandTimeout);
        await ExpectAsync(220, "greeted us with", limits).ConfigureAwait(false);
        Phase = security == SmtpSecurity.StartTls ? SendPhase.Tls : SendPhase.Auth;
        await IntroduceAsync(limits).ConfigureAwait(false);
        if (security == SmtpSecurity.StartTls)
        {
            await StartTlsAsync(limits).ConfigureAwait(false);
        }

        if (options.User is { Length: > 0 })
        {
            if (wire.Tls is null && !isLoopback && !options.AllowPlainTextSignIn)
            {
                throw new SmtpFault(TransportFault.SignIn,
                    $"Signing in to {options.Host}:{options.Port} would send the password unencrypted, so nothing was sent. Set " +
                    "Jamail:Mail:Smtp:Security to StartTls or Tls, or AllowPlainTextSignIn to true on a network you trust.");
            }

            limits.Allow(options.CommandTimeout);
            await new SmtpSignIn(wire, options).RunAsync(Offered, limits.Token).ConfigureAwait(false);
        }
    }

    public Task<bool> AnswersAsync(SmtpLimits limits) => IsDoneAsync("NOOP", limits);

    /// <summary>Ends a transaction that was refused, so that the connection can take the next message.</summary>
    public Task<bool> ResetAsync(SmtpLimits limits) => IsDoneAsync("RSET", limits);

    [SuppressMessage("Design", "CA1031", Justification = "Nothing can be lost any more.")]
    public async Task QuitAsync(SmtpLimits limits)
    {
        try
        {
            await IsDoneAsync("QUIT", limits).ConfigureAwait(false);
        }
        catch (Exception)
        {
            wire.Abort();
        }
    }

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    private async Task StartTlsAsync(SmtpLimits limits)
    {
        if (!Offered.StartTls)
        {
            throw new SmtpFault(TransportFault.Tls,
                $"{options.Host}:{options.Port} does not offer STARTTLS, so nothing was sent. Set Jamail:Mail:Smtp:Security to " +
                "Tls if the port is encrypted from the first byte, or to None if the mail may travel unencrypted.");
        }

        limits.Allow(options.CommandTimeout);
        await wire.SayAsync("STARTTLS\r\n", limits.Token).ConfigureAwait(false);
        await ExpectAsync(220, "answered STARTTLS with", limits).ConfigureAwait(false);
        if (wire.Unread > 0)
        {
            // Whatever stands behind this reply was sent unprotected and would be read as if it were encrypted.
            throw new SmtpFault(TransportFault.Protocol,
                $"{options.Host}:{options.Port} sent {wire.Unread} bytes behind its reply to STARTTLS. They may come from somebody " +
                "on the way; the connection was closed.");
        }

        limits.Allow(options.ConnectTimeout);
        await SecureAsync(limits.Token).ConfigureAwait(false);
        Phase = SendPhase.Auth;
        await IntroduceAsync(limits).ConfigureAwait(false);
    }

    private async Task SecureAsync(CancellationToken cancellationToken)
    {
        Phase = SendPhase.Tls;
        await new SmtpTls(options).SecureAsync(wire, cancellationToken).ConfigureAwait(false);
    }

    private async Task IntroduceAsync(SmtpLimits limits)
    {
        limits.Allow(options.CommandTimeout);
        await wire.SayAsync($"EHLO {ehloName}\r\n", limits.Token).ConfigureAwait(false);
        var reply = await wire.ReadReplyAsync(limits.Token).ConfigureAwait(false);
        if (reply.Code is 500 or 501 or 502 or 504 or 550)
        {
            Offered = SmtpCapabilities.None;
            await wire.SayAsync($"HELO {ehloName}\r\n", limits.Token).ConfigureAwait(false);
            await ExpectAsync(250, "answered HELO with", limits).ConfigureAwait(false);
            return;
        }

        Check(reply, 250, "answered EHLO with");
        Offered = SmtpCapabilities.Read(reply);
    }

    private async Task ExpectAsync(int code, string what, SmtpLimits limits) =>
        Check(await wire.ReadReplyAsync(limits.Token).ConfigureAwait(false), code, what);

    private void Check(SmtpReply reply, int code, string what)
    {
        if (reply.Code != code)
        {
            throw new SmtpFault(
                reply.Code >= 400 ? TransportFault.Refused : TransportFault.Protocol,
                $"{options.Host}:{options.Port} {what} {reply.Code} {reply.Text}",
                reply);
        }
    }

    private async Task<bool> IsDoneAsync(string command, SmtpLimits limits)
    {
        await wire.SayAsync(command + "\r\n", limits.Token).ConfigureAwait(false);
        var reply = await wire.ReadReplyAsync(limits.Token).ConfigureAwait(false);
        return reply.IsPositive && wire.Unread == 0;
    }
}
