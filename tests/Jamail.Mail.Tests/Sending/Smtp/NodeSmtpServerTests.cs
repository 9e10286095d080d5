using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

/// <summary>A second opinion on our SMTP: npm's smtp-server.</summary>
public sealed class NodeSmtpServerTests
{
    private static readonly string[] Plainest = ["PIPELINING", "8BITMIME"];

    [Theory]
    [InlineData(true, "PLAIN")]
    [InlineData(false, "PLAIN")]
    [InlineData(false, "LOGIN")]
    [InlineData(false, "XOAUTH2")]
    public async Task It_takes_our_mails_over_TLS_with_a_login(bool isImplicit, string method)
    {
        using var certificate = TestCertificate.Create("127.0.0.1");
        await using var server = await StartAsync(certificate, isImplicit, method, []);
        await using var transport = TransportTo(server.Port, certificate, isImplicit, "right");
        var mail = new EmailComposer().Compose(EmailComposerTests.Content with
        {
            Subject = "Grüße ✓",
            Text = ".a dot\n..two\n.\nend",
            Html = "<p>" + new string('ü', 3000) + "</p>",
        });

        var first = await transport.SendAsync(mail);
        var second = await transport.SendAsync(mail);

        Assert.True(first.Accepted, first.Text);
        Assert.True(second.Accepted, second.Text);
        Assert.StartsWith("Tls1", first.Tls, StringComparison.Ordinal);
        var messages = new[] { await server.Node.ReadAsync("message"), await server.Node.ReadAsync("message") };
        Assert.All(messages, message =>
        {
            Assert.Equal(mail.Content.ToArray(), message.GetProperty("content").GetBytesFromBase64());
            Assert.Equal("shop@example.org", message.GetProperty("from").GetString());
            Assert.Equal("anna@example.com", message.GetProperty("to")[0].GetString());
            Assert.True(message.GetProperty("secure").GetBoolean());
            Assert.Equal("shop", message.GetProperty("user").GetString());
        });
        Assert.Single(messages.Select(message => message.GetProperty("connection").GetString()).Distinct());
    }

    [Fact]
    public async Task It_refuses_a_wrong_password_and_gets_no_mail()
    {
        using var certificate = TestCertificate.Create("127.0.0.1");
        await using var server = await StartAsync(certificate, false, "PLAIN", []);
        await using var transport = TransportTo(server.Port, certificate, false, "wrong");

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.SignIn, SendPhase.Auth, 535), (result.Fault, result.Phase, result.ReplyCode));
    }

    [Fact]
    public async Task Its_certificate_is_refused_when_nobody_vouches_for_it()
    {
        using var certificate = TestCertificate.Create("127.0.0.1");
        using var other = TestCertificate.Create("127.0.0.1");
        await using var server = await StartAsync(certificate, false, "PLAIN", []);
        await using var transport = TransportTo(server.Port, other, false, "right");

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Tls, SendPhase.Tls), (result.Fault, result.Phase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_refuses_a_recipient_and_takes_the_next_mail_on_the_same_connection(bool pipelining)
    {
        using var certificate = TestCertificate.Create("127.0.0.1");
        await using var server = await StartAsync(certificate, true, "PLAIN", pipelining ? [] : Plainest);
        await using var transport = TransportTo(server.Port, certificate, true, "right");

        var refused = await transport.SendAsync(SmtpTesting.Mail(1, to: "nobody@example.com"));
        var next = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.Equal((TransportFault.Refused, SendPhase.Recipient, 550, "5.1.1"), (refused.Fault, refused.Phase, refused.ReplyCode, refused.EnhancedCode));
        Assert.True(next.Accepted, next.Text);
        Assert.Equal(2, next.ConnectionUse);
    }

    private static async Task<Server> StartAsync(X509Certificate2 certificate, bool isImplicit, string method, string[] hidden)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        var settings = JsonSerializer.Serialize(new
        {
            secure = isImplicit,
            cert = certificate.ExportCertificatePem(),
            key = key.ExportPkcs8PrivateKeyPem(),
            users = new { shop = "right" },
            methods = new[] { method },
            hide = hidden,
        });
        var node = await NodeProcess.StartAsync("smtp.mjs", [settings]);
        return new Server(node, (await node.ReadAsync("listening")).GetProperty("port").GetInt32());
    }

    private static SmtpTransport TransportTo(int port, X509Certificate2 trusted, bool isImplicit, string password)
    {
        var file = Path.Combine(Path.GetTempPath(), $"jamail-test-{Guid.NewGuid():n}.pem");
        File.WriteAllText(file, trusted.ExportCertificatePem());
        var options = new SmtpOptions
        {
            Host = "127.0.0.1",
            Port = port,
            Security = isImplicit ? SmtpSecurity.Tls : SmtpSecurity.StartTls,
            User = "shop",
            Password = password,
            CertificateAuthorityFile = file,
        };
        return new SmtpTransport(options, SmtpTesting.Guard("127.0.0.0/8"), TimeProvider.System);
    }

    private sealed record Server(NodeProcess Node, int Port) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Node.DisposeAsync();
    }
}
