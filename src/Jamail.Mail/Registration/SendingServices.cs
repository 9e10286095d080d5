using System.Net;
using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>The parts that render, compose and send.</summary>
internal static class SendingServices
{
    private static readonly string[] Loopback = ["127.0.0.0/8", "::1/128", "localhost"];

    /// <summary>Safe to call twice.</summary>
    public static IServiceCollection AddMailSending(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateEngine, HandlebarsEngine>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, SmtpOptionsRules>(
            provider => new SmtpOptionsRules(HostAsSet.Read(provider))));
        services.TryAddSingleton<IEmailComposer, EmailComposer>();
        services.TryAddSingleton<ISendVerdicts>(new SendVerdicts());
        services.TryAddSingleton(OpenInbox);
        services.TryAddSingleton<IDevInbox>(provider => provider.GetRequiredService<DevInbox>());
        services.TryAddSingleton(Choose);
        services.AddHostedService<TransportAnnouncement>();
        return services;
    }

    /// <summary>Where mails go, when nobody said.</summary>
    public static MailMode ModeOf(MailOptions options) =>
        options.Mode ?? (string.IsNullOrWhiteSpace(options.Smtp.Host) ? MailMode.Sandbox : MailMode.Live);

    private static DevInbox OpenInbox(IServiceProvider provider) => new(
        Path.Combine(provider.GetRequiredService<IOptions<JamailHostOptions>>().Value.DataDirectory, "inbox"),
        provider.GetRequiredService<TimeProvider>());

    private static IEmailTransport Choose(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
        if (ModeOf(options) == MailMode.Sandbox)
        {
            return new DevInboxTransport(provider.GetRequiredService<DevInbox>());
        }

        // Settings that name this machine itself mean it; a name that merely leads to a private address is guarded.
        var allowed = new AllowedNetworks([.. options.AllowedNetworks, .. IsThisMachine(options.Smtp.Host) ? Loopback : []]);
        var clock = provider.GetRequiredService<TimeProvider>();
        return new SmtpTransport(options.Smtp, new AddressGuard(allowed, new DnsHostResolver(), new OwnAddresses(clock)), clock);
    }

    private static bool IsThisMachine(string? host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
