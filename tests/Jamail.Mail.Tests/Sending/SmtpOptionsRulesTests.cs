using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Mail.Tests.Sending;

public sealed class SmtpOptionsRulesTests
{
    [Fact]
    public void Sensible_settings_pass()
    {
        Assert.Empty(Validate(options => options.Smtp.Host = "mail.example.org"));
        Assert.Empty(Validate(options =>
        {
            options.Smtp.Host = "192.0.2.1";
            (options.Smtp.User, options.Smtp.Password, options.Smtp.EhloName) = ("a", "b", "[192.0.2.2]");
            options.AllowedNetworks.Add("10.0.0.0/8");
        }));
        Assert.Empty(Validate(_ => { }, embedded: true));
        Assert.Empty(Validate(options => options.Mode = MailMode.Sandbox));
    }

    [Fact]
    public void Without_a_server_only_an_embedding_host_starts() =>
        Assert.Contains("Jamail:Mail:Smtp:Host is not set", Assert.Single(Validate(_ => { })), StringComparison.Ordinal);

    [Fact]
    public void All_errors_are_told_at_once_and_name_their_settings()
    {
        var failures = Validate(options =>
        {
            options.Smtp.Host = "mail.example.org:25";
            options.Smtp.Port = 0;
            options.Smtp.User = "shop";
            options.Smtp.EhloName = "not a name";
            options.Smtp.CertificateAuthorityFile = "/nowhere.pem";
            options.Smtp.ConnectTimeout = TimeSpan.Zero;
            options.AllowedNetworks.Add("10.0.0.0/99");
        });

        foreach (var setting in new[] { "Host", "Port", "Password", "EhloName", "CertificateAuthorityFile", "ConnectTimeout", "AllowedNetworks" })
        {
            Assert.Contains(failures, failure => failure.Contains(setting, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Live_without_a_server_is_an_error_even_where_the_host_embeds() =>
        Assert.Contains("Mode is Live", Assert.Single(Validate(options => options.Mode = MailMode.Live, embedded: true)), StringComparison.Ordinal);

    private static IReadOnlyList<string> Validate(Action<MailOptions> configure, bool embedded = false)
    {
        var options = new MailOptions();
        configure(options);
        var rules = new SmtpOptionsRules(Options.Create(new JamailHostOptions { Embedded = embedded }));
        return [.. rules.Validate(null, options).Failures ?? []];
    }
}
