using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Jamail.Mail.MailKit;

/// <summary>Whether a server's certificate is trusted; the same rules and the same words as for the client in the box.</summary>
internal sealed class ServerTrust(SmtpOptions options)
{
    private readonly SmtpTls _rules = new(options);

    /// <summary>Why the last one was not; null when it was.</summary>
    public string? Distrust { get; private set; }

    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && certificate is X509Certificate2 known && _rules.TrustedChain() is { } policy)
        {
            using var own = new X509Chain { ChainPolicy = policy };
            errors = own.Build(known) ? errors & ~SslPolicyErrors.RemoteCertificateChainErrors : errors;
            Distrust = errors == SslPolicyErrors.None ? null : _rules.Describe(certificate, own, errors);
        }
        else
        {
            Distrust = errors == SslPolicyErrors.None ? null : _rules.Describe(certificate, chain, errors);
        }

        return Distrust is null;
    }
}
