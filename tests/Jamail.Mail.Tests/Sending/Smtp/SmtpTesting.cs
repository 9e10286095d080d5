using Jamail.Shared;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

/// <summary>What the tests of sending share.</summary>
internal static class SmtpTesting
{
    public static SmtpOptions OptionsFor(SmtpSink sink, Action<SmtpOptions>? configure = null)
    {
        var options = new SmtpOptions
        {
            Host = sink.Host,
            Port = sink.Port,
            Security = sink.Options.Tls switch
            {
                SinkTls.StartTls => SmtpSecurity.StartTls,
                SinkTls.Implicit => SmtpSecurity.Tls,
                _ => SmtpSecurity.None,
            },
            CommandTimeout = TimeSpan.FromSeconds(20),
            FinalReplyTimeout = TimeSpan.FromSeconds(20),
        };
        configure?.Invoke(options);
        return options;
    }

    public static SmtpTransport TransportTo(SmtpSink sink, Action<SmtpOptions>? configure = null, params string[] allowed) =>
        new(OptionsFor(sink, configure), Guard(allowed.Length == 0 ? ["127.0.0.0/8"] : allowed), TimeProvider.System);

    public static AddressGuard Guard(params string[] allowed) =>
        new(new AllowedNetworks(allowed), new DnsHostResolver(), new OwnAddresses(TimeProvider.System));

    public static ComposedEmail Mail(int number = 1, string? body = null, string to = "anna@example.com") => new(
        $"mail.{number}@example.org",
        "shop@example.org",
        to,
        System.Text.Encoding.UTF8.GetBytes($"Message-ID: <mail.{number}@example.org>\r\nSubject: Hello\r\n\r\n{body ?? "Hi"}\r\n"));

    /// <summary>Leases and sends; the failure of the lease is the result when there is none.</summary>
    public static async Task<TransportResult> SendAsync(
        this IEmailTransport transport,
        ComposedEmail? mail = null,
        Func<SendPhase, bool>? mayEnter = null,
        CancellationToken cancellationToken = default)
    {
        var lease = await transport.OpenAsync(cancellationToken);
        if (lease.Connection is null)
        {
            return lease.Failure!;
        }

        await using (lease.Connection)
        {
            return await lease.Connection.SendAsync(mail ?? Mail(), mayEnter ?? (_ => true), cancellationToken);
        }
    }

    /// <summary>Writes the certificate where the client's options can name it.</summary>
    public static string TrustFile(SmtpSink sink)
    {
        var file = Path.Combine(Path.GetTempPath(), $"jamail-test-{Guid.NewGuid():n}.pem");
        File.WriteAllText(file, sink.Certificate!.ExportCertificatePem());
        return file;
    }
}
