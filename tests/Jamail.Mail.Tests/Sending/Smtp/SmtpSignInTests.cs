using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

public sealed class SmtpSignInTests
{
    private const string Password = "c4nary-s3cret";

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
    public async Task A_mechanism_that_is_not_offered_is_not_replaced_by_another()
    {
        await using var sink = await StartWithLoginAsync("PLAIN");
        await using var transport = TransportWithLogin(sink, Password, options => options.Mechanism = SmtpMechanism.XOAuth2);

        var result = await transport.SendAsync();

        Assert.Equal(TransportFault.SignIn, result.Fault);
        Assert.DoesNotContain(sink.Dialogue, line => line.Contains("C: AUTH", StringComparison.Ordinal));
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

    [Theory]
    [InlineData(SmtpStep.Auth)]
    public async Task A_close_while_signing_in_is_reported(SmtpStep step)
    {
        await using var sink = await StartWithLoginAsync("LOGIN");
        sink.On(step, new SinkAction.Close());
        await using var transport = TransportWithLogin(sink, Password);

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.ConnectionLost, SendPhase.Auth), (result.Fault, result.Phase));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_login_nobody_configured_refuses_the_mail()
    {
        await using var sink = await StartWithLoginAsync("PLAIN");
        await using var transport = SmtpTesting.TransportTo(sink, options => options.CertificateAuthorityFile = SmtpTesting.TrustFile(sink));

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

    private static SmtpTransport TransportWithLogin(SmtpSink sink, string password, Action<SmtpOptions>? configure = null) =>
        SmtpTesting.TransportTo(sink, options =>
        {
            options.CertificateAuthorityFile = sink.Certificate is null ? null : SmtpTesting.TrustFile(sink);
            (options.User, options.Password) = ("shop", password);
            configure?.Invoke(options);
        });
}
