using System.Text;

namespace Jamail.Mail;

/// <summary>AUTH PLAIN, LOGIN and XOAUTH2. Signs in or throws; there is no third way.</summary>
internal sealed class SmtpSignIn(SmtpWire wire, SmtpOptions options)
{
    public async Task RunAsync(SmtpCapabilities offered, CancellationToken cancellationToken)
    {
        var user = options.User!;
        var password = options.Password ?? "";
        var mechanism = Choose(offered);
        var reply = mechanism switch
        {
            SmtpMechanism.Plain => await AskAsync($"AUTH PLAIN {Encode($"\0{user}\0{password}")}", cancellationToken)
                .ConfigureAwait(false),
            SmtpMechanism.XOAuth2 => await AskAsync(
                $"AUTH XOAUTH2 {Encode($"user={user}\u0001auth=Bearer {password}\u0001\u0001")}", cancellationToken)
                .ConfigureAwait(false),
            _ => await LoginAsync(user, password, cancellationToken).ConfigureAwait(false),
        };

        if (reply.Code == 334 && mechanism == SmtpMechanism.XOAuth2)
        {
            // The challenge only explains the refusal; an empty answer fetches the refusal itself.
            reply = await AskAsync("", cancellationToken).ConfigureAwait(false);
        }

        if (reply.Code != 235)
        {
            reply = Redact(reply, user, password);
            throw new SmtpFault(
                reply.Code == 421 ? TransportFault.Refused : TransportFault.SignIn,
                $"The server did not sign in user '{user}' with {mechanism}: {reply.Code} {reply.Text}", reply);
        }
    }

    private SmtpMechanism Choose(SmtpCapabilities offered)
    {
        bool Offers(SmtpMechanism mechanism) => offered.Mechanisms.Contains(mechanism.ToString().ToUpperInvariant());

        var wanted = options.Mechanism;
        if (wanted == SmtpMechanism.Auto)
        {
            SmtpMechanism[] known = [SmtpMechanism.Plain, SmtpMechanism.Login, SmtpMechanism.XOAuth2];
            wanted = known.FirstOrDefault(Offers);
        }

        if (wanted == SmtpMechanism.Auto || !Offers(wanted))
        {
            throw new SmtpFault(TransportFault.SignIn,
                $"Jamail:Mail:Smtp:User is set, but the server offers {(offered.Mechanisms.Count == 0 ? "no AUTH" : "AUTH " + string.Join(' ', offered.Mechanisms))}" +
                $"; Jamail needs {(options.Mechanism == SmtpMechanism.Auto ? "PLAIN, LOGIN or XOAUTH2" : options.Mechanism.ToString().ToUpperInvariant())}. " +
                "Nothing was sent. Use the server's submission port, or leave User empty for a server without sign-in.");
        }

        return wanted;
    }

    private async Task<SmtpReply> LoginAsync(string user, string password, CancellationToken cancellationToken)
    {
        var reply = await AskAsync("AUTH LOGIN", cancellationToken).ConfigureAwait(false);
        foreach (var answer in new[] { user, password })
        {
            if (reply.Code != 334)
            {
                return reply;
            }

            reply = await AskAsync(Encode(answer), cancellationToken).ConfigureAwait(false);
        }

        return reply;
    }

    private async Task<SmtpReply> AskAsync(string line, CancellationToken cancellationToken)
    {
        await wire.SayAsync(line + "\r\n", cancellationToken).ConfigureAwait(false);
        return await wire.ReadReplyAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>A server may quote what we said.</summary>
    public static SmtpReply Redact(SmtpReply reply, string user, string password)
    {
        string[] secrets =
        [
            Encode($"\0{user}\0{password}"), Encode($"user={user}\u0001auth=Bearer {password}\u0001\u0001"),
            Encode(password), password,
        ];
        return reply with
        {
            Lines = [.. reply.Lines.Select(line => secrets.Where(secret => secret.Length > 0)
                .Aggregate(line, (text, secret) => text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase)))],
        };
    }
}
