using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Jamail.TestSupport;

/// <summary>A certificate authority and a certificate for 127.0.0.1 and localhost, as PEM files in a folder.</summary>
public sealed class TlsFiles
{
    private TlsFiles(string folder)
    {
        Authority = Path.Combine(folder, "ca.pem");
        Certificate = Path.Combine(folder, "server.pem");
        Key = Path.Combine(folder, "server.key");
    }

    public string Authority { get; }

    public string Certificate { get; }

    public string Key { get; }

    public static TlsFiles Create(string folder)
    {
        var files = new TlsFiles(folder);
        var (from, until) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(2));

        using var authorityKey = RSA.Create(2048);
        var authorityRequest = Request("CN=Jamail test authority", authorityKey);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);

        using var serverKey = RSA.Create(2048);
        var serverRequest = Request("CN=localhost", serverKey);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        serverRequest.CertificateExtensions.Add(names.Build());
        using var server = serverRequest.Create(authority, from, until, RandomNumberGenerator.GetBytes(8));

        File.WriteAllText(files.Authority, authority.ExportCertificatePem());
        File.WriteAllText(files.Certificate, server.ExportCertificatePem());
        File.WriteAllText(files.Key, serverKey.ExportPkcs8PrivateKeyPem());
        return files;
    }

    /// <summary>For clients of the test itself: true for certificates of this authority only.</summary>
    public bool Trusts(X509Certificate? certificate)
    {
        using var authority = X509Certificate2.CreateFromPem(File.ReadAllText(Authority));
        using var presented = certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return presented is not null && chain.Build(presented);
    }

    private static CertificateRequest Request(string name, RSA key) =>
        new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
