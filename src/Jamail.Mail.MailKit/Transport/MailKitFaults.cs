using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Jamail.Mail.MailKit;

/// <summary>What MailKit's exceptions mean.</summary>
internal static class MailKitFaults
{
    public static bool IsOurs(Exception exception) => exception is SmtpFault or SenderStoppedException or OperationCanceledException or IOException
        or SocketException or ObjectDisposedException or ProtocolException or CommandException or ServiceNotConnectedException
        or ServiceNotAuthenticatedException or SslHandshakeException or NotSupportedException or TimeoutException;

    public static SmtpFault Explain(Exception exception, SmtpLimits limits) => exception switch
    {
        SmtpFault fault => fault,
        SenderStoppedException => new SmtpFault(TransportFault.Stopped, exception.Message),
        SmtpCommandException refused => Refused(refused),
        ServiceNotAuthenticatedException => new SmtpFault(TransportFault.Refused, exception.Message, Reply(530, exception.Message)),
        SslHandshakeException =>
            new SmtpFault(TransportFault.Tls, exception.Message, null, exception),
        SmtpProtocolException when exception.Message.Contains("disconnect", StringComparison.OrdinalIgnoreCase) =>
            limits.Explain(new IOException(exception.Message, exception)),
        ProtocolException => new SmtpFault(TransportFault.Protocol, exception.Message, null, exception),
        _ => limits.Explain(exception),
    };

    public static SmtpReply Reply(int code, string text) =>
        new(code, [.. text.ReplaceLineEndings("\n").Split('\n')]);

    private static SmtpFault Refused(SmtpCommandException refused)
    {
        var reply = Reply((int)refused.StatusCode, refused.Message);
        return new SmtpFault(
            reply.Code >= 400 ? TransportFault.Refused : TransportFault.Protocol, reply.Text, reply, refused);
    }

    /// <summary>A refused login; what the server quotes of ours is taken out.</summary>
    public static SmtpFault SignIn(AuthenticationException denied, string user, string password)
    {
        var reply = denied.InnerException is SmtpCommandException inner
            ? Reply((int)inner.StatusCode, inner.Message)
            : ReplyIn(denied.Message) ?? Reply(535, denied.Message);
        reply = SmtpSignIn.Redact(reply, user, password);
        return new SmtpFault(
            reply.Code == 421 ? TransportFault.Refused : TransportFault.SignIn,
            $"The server did not sign in user '{user}': {reply.Code} {reply.Text}", reply);
    }

    // MailKit puts the reply into the message: "535: 5.7.8 …".
    private static SmtpReply? ReplyIn(string message) =>
        message is [>= '2' and <= '5', _, _, ':', ..] && int.TryParse(message.AsSpan(0, 3), out var code) ? Reply(code, message[4..].Trim()) : null;
}
