using System.Net;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Makes mail servers usable, from the host's settings and from rows.</summary>
internal sealed class ProviderFactory(
    IOptions<MailOptions> options, ISmtpTransports transports, OwnKeys keys, ProviderStore store, LiveClaims live, TimeProvider clock)
{
    private static readonly string[] Loopback = ["127.0.0.0/8", "::1/128", "localhost"];

    private readonly LuaScript _takeSends = new LuaScriptCatalog(
        LuaScriptCatalog.EmbeddedFiles(typeof(ProviderFactory).Assembly), PausedLayout.Auto)["takeSends"];

    /// <summary>A transport to a server of the host's settings. One that names this machine itself means it.</summary>
    public static ISmtpTransport Configured(MailOptions options, ISmtpTransports transports, TimeProvider clock) =>
        Transport(transports, options.Smtp, [.. options.AllowedNetworks, .. IsThisMachine(options.Smtp.Host) ? Loopback : []], clock);

    /// <summary>The configured mail server, or what the host sends with instead.</summary>
    public MailProvider Configured(IEmailTransport transport)
    {
        var smtp = options.Value.Smtp;
        var isSmtp = transport is ISmtpTransport;
        return new MailProvider(
            MailProviders.Configured, JamailHostOptions.DefaultTenant, 0, transport, Limits(MailProviders.Configured, smtp), smtp.MaxConnections, clock)
        {
            Options = isSmtp ? smtp : null,
            Domains = Domains(MailProviders.Configured, smtp),
            SwallowsRepeats = smtp.SwallowsRepeats,
        };
    }

    public MailProvider Create(ProviderRow row)
    {
        var smtp = ProviderSettings.Read(row.Settings).Over(options.Value.Smtp, store.PasswordOf(row));
        (smtp.MaxConcurrent, smtp.RatePerSecond, smtp.SwallowsRepeats) = (row.MaxConcurrent, row.RatePerSecond, row.Idempotent == 1);
        return new MailProvider(
            row.Name, row.TenantId, row.RowVersion, Transport(transports, smtp, options.Value.AllowedNetworks, clock), Limits(row.Id, smtp), smtp.MaxConnections, clock)
        {
            Options = smtp,
            Domains = Domains(row.Id, smtp),
            SwallowsRepeats = smtp.SwallowsRepeats,
            IsPaused = row.Status == ProviderRow.Paused,
            PauseReason = row.StatusReason,
        };
    }

    /// <summary>Connections of its own to the same server.</summary>
    public ISmtpTransport Fresh(MailProvider provider) =>
        provider.Version == 0
            ? Configured(options.Value, transports, clock)
            : Transport(transports, provider.Options!, options.Value.AllowedNetworks, clock); // Every row has them.

    private static ISmtpTransport Transport(ISmtpTransports transports, SmtpOptions smtp, IEnumerable<string> networks, TimeProvider clock) =>
        transports.Create(smtp, new AddressGuard(new AllowedNetworks([.. networks]), new DnsHostResolver(), new OwnAddresses(clock)), clock);

    private static bool IsThisMachine(string? host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private ProviderLimits Limits(string name, SmtpOptions smtp) =>
        new(keys, _takeSends, name, live.Worker, smtp.RatePerSecond, smtp.MaxConcurrent, smtp.DailyQuota, clock);

    private DomainLimits? Domains(string name, SmtpOptions smtp) =>
        smtp.RatePerDomain is { } rate ? new DomainLimits(keys, _takeSends, name, live.Worker, rate) : null;
}
