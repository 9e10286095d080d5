using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Jamail.Mail;

/// <summary>Encrypts a wire, and says in words why a server is not trusted.</summary>
internal sealed class SmtpTls(SmtpOptions options)
{
    public async Task SecureAsync(SmtpWire wire, CancellationToken cancellationToken)
    {
        string? distrust = null;
        var settings = new SslClientAuthenticationOptions
        {
            TargetHost = options.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = options.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            CertificateChainPolicy = TrustedChain(),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                distrust = errors == SslPolicyErrors.None ? null : Describe(certificate, chain, errors);
                return distrust is null;
            },
        };
        try
        {
            await wire.SecureAsync(settings, cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationException exception)
        {
            throw new SmtpFault(
                TransportFault.Tls,
                distrust ?? $"{options.Host}:{options.Port} could not agree with us on TLS 1.2 or 1.3: {exception.Message}",
                null,
                exception);
        }
        catch (IOException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SmtpFault(
                TransportFault.Tls,
                $"{options.Host}:{options.Port} broke off the TLS handshake. A port that speaks plain text first needs " +
                $"Security = StartTls, one that is encrypted from the first byte Security = Tls. {exception.Message}",
                null,
                exception);
        }
    }

    /// <summary>The authorities that are trusted instead of the machine's; null for those.</summary>
    public X509ChainPolicy? TrustedChain()
    {
        if (options.CertificateAuthorityFile is not { Length: > 0 } file)
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = options.CheckRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or System.Security.Cryptography.CryptographicException)
        {
            throw new SmtpFault(
                TransportFault.Tls,
                $"Jamail:Mail:Smtp:CertificateAuthorityFile '{file}' cannot be read as PEM certificates: {exception.Message}",
                null,
                exception);
        }

        return policy;
    }

    /// <summary>Says in words why a certificate is not trusted, and what to do.</summary>
    public string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        List<string> reasons = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            reasons.Add("it showed none");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            reasons.Add($"it is for another name ({Names(certificate)})");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            reasons.Add(string.Join(", ", chain?.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')) ?? []));
        }

        return $"The certificate of {options.Host}:{options.Port} is not trusted: {string.Join("; ", reasons)}. " +
            "Nothing was sent. Set Jamail:Mail:Smtp:Host to a name the certificate is for, or " +
            "Jamail:Mail:Smtp:CertificateAuthorityFile to the authority that signed it.";
    }

    private static string Names(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 known)
        {
            return "none";
        }

        var names = known.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(a => a.ToString())))
            .Take(5).ToArray();
        return names.Length > 0 ? string.Join(", ", names) : known.Subject;
    }
}
