using Jamail.Mail.Tests.Sending;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>Nothing is sent unencrypted, to a stranger, or with a password that was refused.</summary>
public abstract class TransportSecurityContract(string implementation, ContractCount count)
    : TransportContract("transport security", implementation, count)
{
    private const string Password = "c4nary-s3cret";

    [Theory]
    [InlineData(SinkTls.StartTls)]
    [InlineData(SinkTls.Implicit)]
    public async Task A_trusted_certificate_lets_the_mail_through_encrypted(SinkTls tls)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Tls = tls);
        await using var transport = TransportTo(sink, options => options.CertificateAuthorityFile = SmtpTesting.TrustFile(sink));

        var first = await transport.SendAsync(SmtpTesting.Mail(1));
        var second = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.True(first.Accepted, first.Text);
        Assert.True(second.Accepted, second.Text);
        Assert.StartsWith("Tls1", first.Tls, StringComparison.Ordinal);
        Assert.All(sink.Messages, message => Assert.True(message.Tls));
        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData(SinkTls.StartTls)]
    [InlineData(SinkTls.Implicit)]
    public async Task A_certificate_nobody_vouches_for_is_refused(SinkTls tls)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Tls = tls);
        await using var transport = TransportTo(sink);

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Tls, SendPhase.Tls), (result.Fault, result.Phase));
        Assert.Contains("not trusted", result.Text, StringComparison.Ordinal);
        Assert.Contains("CertificateAuthorityFile", result.Text, StringComparison.Ordinal);
        Assert.Empty(sink.Messages);
        Assert.DoesNotContain(sink.Dialogue, line => line.Contains("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_and_the_names_are_told()
    {
        await using var sink = await SmtpSink.StartAsync(options =>
        {
            options.Tls = SinkTls.Implicit;
            options.Certificate = TestCertificate.Create("mail.example.org");
        });
        await using var transport = TransportTo(sink, options => options.CertificateAuthorityFile = SmtpTesting.TrustFile(sink));

        var result = await transport.SendAsync();

        Assert.Equal(TransportFault.Tls, result.Fault);
        Assert.Contains("another name (mail.example.org)", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_sent_in_the_clear()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = TransportTo(sink, options => options.Security = SmtpSecurity.StartTls);

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Tls, SendPhase.Tls), (result.Fault, result.Phase));
        Assert.Contains("does not offer STARTTLS", result.Text, StringComparison.Ordinal);
        Assert.Empty(sink.Messages);
    }

    [Theory]
    [InlineData("PLAIN", SmtpMechanism.Auto)]
    [InlineData("LOGIN", SmtpMechanism.Auto)]
    [InlineData("XOAUTH2", SmtpMechanism.Auto)]
    [InlineData("CRAM-MD5 LOGIN PLAIN XOAUTH2", SmtpMechanism.Auto)]
    [InlineData("PLAIN LOGIN XOAUTH2", SmtpMechanism.XOAuth2)]
    [InlineData("PLAIN LOGIN", SmtpMechanism.Login)]
    public async Task Signing_in_works_with_each_mechanism(string offered, SmtpMechanism wanted)
    {
        await using var sink = await StartWithLoginAsync(offered.Split(' '));
        await using var transport = TransportWithLogin(sink, Password, options => options.Mechanism = wanted);

        var result = await transport.SendAsync();

        Assert.True(result.Accepted, result.Text);
        Assert.Equal("shop", Assert.Single(sink.Messages).User);
        if (wanted != SmtpMechanism.Auto)
        {
            Assert.Contains(sink.Dialogue, line => line.Contains("AUTH " + wanted.ToString().ToUpperInvariant(), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("XOAUTH2")]
    public async Task A_wrong_password_is_refused_and_never_gone_around(string offered)
    {
        await using var sink = await StartWithLoginAsync(offered);
        sink.Options.RequireAuth = false;
        await using var transport = TransportWithLogin(sink, Password + "x");

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.SignIn, SendPhase.Auth, 535, "5.7.8"), (result.Fault, result.Phase, result.ReplyCode, result.EnhancedCode));
        Assert.Empty(sink.Messages);
        Assert.DoesNotContain(sink.Dialogue, line => line.Contains("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_for_a_server_without_AUTH_are_an_error()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = TransportWithLogin(sink, Password, options => options.CertificateAuthorityFile = null);

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.SignIn, SendPhase.Auth), (result.Fault, result.Phase));
        Assert.Contains("offers no AUTH", result.Text, StringComparison.Ordinal);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_server_that_quotes_the_password_does_not_get_it_into_the_result()
    {
        await using var sink = await StartWithLoginAsync("PLAIN");
        var quoted = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0shop\0{Password}"));
        sink.Refuse(SmtpStep.Auth, $"535 5.7.8 bad: AUTH PLAIN {quoted} for {Password}");
        await using var transport = TransportWithLogin(sink, Password);

        var result = await transport.SendAsync();

        Assert.Equal(TransportFault.SignIn, result.Fault);
        Assert.DoesNotContain(Password, result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(quoted, result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_asks_for_a_login_nobody_configured_refuses_the_mail()
    {
        await using var sink = await StartWithLoginAsync("PLAIN");
        await using var transport = TransportTo(sink, options => options.CertificateAuthorityFile = SmtpTesting.TrustFile(sink));

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Refused, SendPhase.MailFrom, 530), (result.Fault, result.Phase, result.ReplyCode));
    }

    private static Task<SmtpSink> StartWithLoginAsync(params string[] mechanisms) => SmtpSink.StartAsync(options =>
    {
        options.Tls = SinkTls.StartTls;
        options.RequireAuth = true;
        options.Users["shop"] = Password;
        foreach (var mechanism in mechanisms)
        {
            options.AuthMechanisms.Add(mechanism);
        }
    });

    private TransportUnderTest TransportWithLogin(SmtpSink sink, string password, Action<SmtpOptions>? configure = null) =>
        TransportTo(sink, options =>
        {
            options.CertificateAuthorityFile = sink.Certificate is null ? null : SmtpTesting.TrustFile(sink);
            (options.User, options.Password) = ("shop", password);
            configure?.Invoke(options);
        });
}
