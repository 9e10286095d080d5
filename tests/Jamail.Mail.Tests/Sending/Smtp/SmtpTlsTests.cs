using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

public sealed class SmtpTlsTests
{
    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        await using var sink = await SmtpSink.StartAsync(options =>
        {
            options.Tls = SinkTls.StartTls;
            options.Certificate = TestCertificate.Create(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(-1), "127.0.0.1");
        });
        await using var transport = SmtpTesting.TransportTo(sink, options => options.CertificateAuthorityFile = SmtpTesting.TrustFile(sink));

        var result = await transport.SendAsync();

        Assert.Equal(TransportFault.Tls, result.Fault);
        Assert.Contains("expired", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_STARTTLS_is_no_reason_to_go_on_in_the_clear()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Tls = SinkTls.StartTls);
        sink.Refuse(SmtpStep.StartTls, "454 4.7.0 TLS not available due to temporary reason");
        await using var transport = SmtpTesting.TransportTo(sink);

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Refused, SendPhase.Tls, 454), (result.Fault, result.Phase, result.ReplyCode));
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task Bytes_behind_the_reply_to_STARTTLS_are_never_read_as_encrypted_ones()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Tls = SinkTls.StartTls);
        sink.On(SmtpStep.StartTls, new SinkAction.Append("250-injected\r\n250 AUTH PLAIN\r\n"));
        await using var transport = SmtpTesting.TransportTo(sink, options => options.CertificateAuthorityFile = SmtpTesting.TrustFile(sink));

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Protocol, SendPhase.Tls), (result.Fault, result.Phase));
        Assert.Contains("behind its reply to STARTTLS", result.Text, StringComparison.Ordinal);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task What_was_offered_before_TLS_does_not_count_after_it()
    {
        await using var sink = await SmtpSink.StartAsync(options =>
        {
            options.Tls = SinkTls.StartTls;
            options.AuthMechanisms.Add("PLAIN");
            options.AuthWithoutTls = true;
            options.Users["shop"] = "secret";
        });
        // The second EHLO, the one under TLS, offers nothing.
        var hellos = 0;
        sink.On(SmtpStep.Ehlo, new SinkAction.Reply("250 sink.test"), when: _ => ++hellos == 2);
        await using var transport = SmtpTesting.TransportTo(sink, options =>
        {
            options.CertificateAuthorityFile = SmtpTesting.TrustFile(sink);
            (options.User, options.Password) = ("shop", "secret");
        });

        var result = await transport.SendAsync();

        Assert.Equal(TransportFault.SignIn, result.Fault);
        Assert.Contains("no AUTH", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_port_asked_for_TLS_is_an_error_with_a_hint()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, options =>
        {
            options.Security = SmtpSecurity.Tls;
            options.ConnectTimeout = TimeSpan.FromSeconds(5);
        });

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Tls, SendPhase.Tls), (result.Fault, result.Phase));
    }

    [Fact]
    public async Task A_handshake_without_an_answer_runs_into_the_connect_limit()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Tls = SinkTls.Implicit);
        sink.On(SmtpStep.Connect, new SinkAction.Silence());
        await using var transport = SmtpTesting.TransportTo(sink, options => options.ConnectTimeout = TimeSpan.FromSeconds(2));

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.TimedOut, SendPhase.Tls), (result.Fault, result.Phase));
    }

    [Theory]
    [InlineData(SmtpSecurity.ByPort, 465, SmtpSecurity.Tls)]
    [InlineData(SmtpSecurity.ByPort, 587, SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.ByPort, 25, SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.None, 465, SmtpSecurity.None)]
    [InlineData(SmtpSecurity.StartTls, 465, SmtpSecurity.StartTls)]
    public void By_port_never_means_plain(SmtpSecurity configured, int port, SmtpSecurity effective) =>
        Assert.Equal(effective, new SmtpOptions { Security = configured, Port = port }.EffectiveSecurity);
}
