using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Jamail.Mail;

namespace Jamail.AspNetCore;

/// <summary>A mail server to use.</summary>
internal sealed record ProviderRequest
{
    [Required]
    [Description("Its name: 1 to 100 letters, digits, '.', '_' or '-'.")]
    public string? Name { get; init; }

    [Required]
    [Description("The server's name or address.")]
    public string? Host { get; init; }

    [Description("The server's port. Default: 587.")]
    public int? Port { get; init; }

    [Description("'byPort' (TLS on 465, else STARTTLS), 'startTls', 'tls' or 'none'. Default: 'byPort'.")]
    public string? Security { get; init; }

    [Description("How to sign in: 'auto', 'plain', 'login' or 'xOAuth2'. Default: 'auto'.")]
    public string? Mechanism { get; init; }

    [Description("Who signs in. Default: nobody.")]
    public string? User { get; init; }

    [Description("The password, or the access token. It is stored encrypted and never shown.")]
    public string? Password { get; init; }

    [Description("The name said in EHLO. Default: that of the configured server.")]
    public string? EhloName { get; init; }

    [Description("How many connections each host opens at most, 1 to 100. Default: 5.")]
    public int? MaxConnections { get; init; }

    [Description("How many messages go over one connection at most, 1 to 10000. Default: 100.")]
    public int? MaxMessagesPerConnection { get; init; }

    [Description("How many e-mails all hosts together hand to it at the same time. Default: no limit.")]
    public int? MaxConcurrent { get; init; }

    [Description("How many e-mails per second all hosts together hand to it. Default: no limit.")]
    public double? RatePerSecond { get; init; }

    [Description("How many e-mails per second all hosts together hand to it for one recipient domain. Default: no limit.")]
    public double? RatePerDomain { get; init; }

    [Description("How many e-mails all hosts together hand to it on one day (UTC). Default: no limit.")]
    public int? DailyQuota { get; init; }

    [Description("Whether it drops a second copy with the same Message-ID. Default: false.")]
    public bool? SwallowsRepeats { get; init; }

    /// <param name="now">What it is now; null for a new one.</param>
    public EmailProviderDraft ToDraft(EmailProvider? now)
    {
        var fields = new RequiredFields();
        var name = now?.Name ?? fields.Text("name", Name);
        var host = Host ?? now?.Host ?? fields.Text("host", null);
        fields.ThrowIfMissing();
        var fresh = new EmailProviderDraft { Name = name, Host = host };
        return fresh with
        {
            Port = Port ?? now?.Port ?? fresh.Port,
            Security = WireNames.Parse("security", Security, Enum.GetValues<SmtpSecurity>(), WireNames.Of) ?? now?.Security ?? fresh.Security,
            Mechanism = WireNames.Parse("mechanism", Mechanism, Enum.GetValues<SmtpMechanism>(), WireNames.Of) ?? now?.Mechanism ?? fresh.Mechanism,
            User = User ?? now?.User,
            Password = Password,
            EhloName = EhloName ?? now?.EhloName,
            MaxConnections = MaxConnections ?? now?.MaxConnections ?? fresh.MaxConnections,
            MaxMessagesPerConnection = MaxMessagesPerConnection ?? now?.MaxMessagesPerConnection ?? fresh.MaxMessagesPerConnection,
            MaxConcurrent = MaxConcurrent ?? now?.MaxConcurrent,
            RatePerSecond = RatePerSecond ?? now?.RatePerSecond,
            RatePerDomain = RatePerDomain ?? now?.RatePerDomain,
            DailyQuota = DailyQuota ?? now?.DailyQuota,
            SwallowsRepeats = SwallowsRepeats ?? now?.SwallowsRepeats ?? false,
        };
    }

    public override string ToString() => Name ?? "";
}
