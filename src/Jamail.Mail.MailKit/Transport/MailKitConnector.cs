using System.Net;
using System.Security.Authentication;
using Jamail.Shared;
using MailKit.Security;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Jamail.Mail.MailKit;

/// <summary>Opens clients: through the same guard and the same addresses as the client in the box, then greets, encrypts and signs in.</summary>
internal sealed class MailKitConnector(SmtpOptions options, MailKitOptions mailKit, AddressGuard guard, TimeProvider clock)
{
    private readonly SmtpConnector _dialer = new(options, guard, clock);

    /// <exception cref="SmtpConnectException">There is no client; says how far it got.</exception>
    public async Task<MailKitClient> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limits = new SmtpLimits(clock, cancellationToken);
        limits.Allow(options.ConnectTimeout);
        var tracker = new PhaseTracker();
        var trust = new ServerTrust(options);
        MailKitClient? client = null;
        try
        {
            var socket = await _dialer.DialAsync(limits.Token).ConfigureAwait(false);
            client = new MailKitClient(tracker, mailKit)
            {
                LocalDomain = _dialer.EhloName(((IPEndPoint)socket.LocalEndPoint!).Address),
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CheckCertificateRevocation = options.CheckRevocation,
                ServerCertificateValidationCallback = trust.Accepts,
                Timeout = (int)options.FinalReplyTimeout.TotalMilliseconds,
            };
            limits.Allow(options.CommandTimeout);
            await client.ConnectAsync(socket, options.Host!, options.Port, Security(), limits.Token).ConfigureAwait(false);
            await SignInAsync(client, ((IPEndPoint)socket.RemoteEndPoint!).Address, limits).ConfigureAwait(false);
            return client;
        }
        catch (Exception exception) when (MailKitFaults.IsOurs(exception) || exception is AddressDeniedException)
        {
            client?.Dispose();
            var fault = exception is AddressDeniedException denied ? _dialer.Denied(denied)
                : trust.Distrust is { } reason ? new SmtpFault(TransportFault.Tls, reason, null, exception)
                : exception is NotSupportedException ? NotOffered(exception)
                : MailKitFaults.Explain(exception, limits);
            var phase = fault.Fault == TransportFault.Tls ? SendPhase.Tls : tracker.Phase;
            throw new SmtpConnectException(phase, null, fault);
        }
    }

    private SecureSocketOptions Security() => options.EffectiveSecurity switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private async Task SignInAsync(MailKitClient client, IPAddress remote, SmtpLimits limits)
    {
        if (options.User is not { Length: > 0 } user)
        {
            return;
        }

        client.Tracker.Enter(SendPhase.Auth);
        if (!client.IsSecure && !IPAddress.IsLoopback(remote) && !options.AllowPlainTextSignIn)
        {
            throw new SmtpFault(TransportFault.SignIn,
                $"Signing in to {options.Host}:{options.Port} would send the password unencrypted, so nothing was sent. Set " +
                "Jamail:Mail:Smtp:Security to StartTls or Tls, or AllowPlainTextSignIn to true on a network you trust.");
        }

        limits.Allow(options.CommandTimeout);
        if (client.AuthenticationMechanisms.Count == 0)
        {
            throw new SmtpFault(TransportFault.SignIn,
                "Jamail:Mail:Smtp:User is set, but the server offers no AUTH. Nothing was sent. Use the server's submission port, or " +
                "leave User empty for a server without sign-in.");
        }

        var password = options.Password ?? "";
        var signIn = options.Mechanism switch
        {
            SmtpMechanism.Plain => client.AuthenticateAsync(new SaslMechanismPlain(user, password), limits.Token),
            SmtpMechanism.Login => client.AuthenticateAsync(new SaslMechanismLogin(user, password), limits.Token),
            SmtpMechanism.XOAuth2 => client.AuthenticateAsync(new SaslMechanismOAuth2(user, password), limits.Token),
            // MailKit itself takes a token for a password nowhere.
            _ when client.AuthenticationMechanisms.All(mechanism => mechanism == "XOAUTH2") =>
                client.AuthenticateAsync(new SaslMechanismOAuth2(user, password), limits.Token),
            _ => client.AuthenticateAsync(user, password, limits.Token),
        };
        try
        {
            await signIn.ConfigureAwait(false);
        }
        catch (AuthenticationException denied)
        {
            throw MailKitFaults.SignIn(denied, user, password);
        }
        catch (NotSupportedException exception)
        {
            throw new SmtpFault(TransportFault.SignIn, $"The server does not offer a way to sign in that is known here: {exception.Message}", null, exception);
        }
    }

    private SmtpFault NotOffered(Exception exception) => new(
        TransportFault.Tls,
        $"{options.Host}:{options.Port} does not offer STARTTLS, so nothing was sent. Set Jamail:Mail:Smtp:Security to Tls if the port is " +
        "encrypted from the first byte, or to None if the mail may travel unencrypted.", null, exception);
}
