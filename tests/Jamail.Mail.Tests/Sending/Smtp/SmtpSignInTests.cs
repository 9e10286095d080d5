using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

public sealed class SmtpSignInTests
{
    private const string Password = "c4nary-s3cret";

    [Fact]
    public async Task A_mechanism_that_is_not_offered_is_not_replaced_by_another()
    {
        await using var sink = await StartWithLoginAsync("PLAIN");
        await using var transport = TransportWithLogin(sink, Password, options => options.Mechanism = SmtpMechanism.XOAuth2);

        var result = await transport.SendAsync();

        Assert.Equal(TransportFault.SignIn, result.Fault);
        Assert.DoesNotContain(sink.Dialogue, line => line.Contains("C: AUTH", StringComparison.Ordinal));
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
