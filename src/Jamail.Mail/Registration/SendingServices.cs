using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>The parts that render, compose and send.</summary>
internal static class SendingServices
{
    /// <summary>Safe to call twice.</summary>
    public static IServiceCollection AddMailSending(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateEngine, HandlebarsEngine>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, SmtpOptionsRules>(
            provider => new SmtpOptionsRules(HostAsSet.Read(provider))));
        services.TryAddSingleton<IEmailComposer, EmailComposer>();
        services.TryAddSingleton<ISendVerdicts>(provider => SendVerdicts.With(provider.GetRequiredService<IOptions<MailOptions>>().Value.ReplyRules));
        services.TryAddSingleton(OpenInbox);
        services.TryAddSingleton<IDevInbox>(provider => provider.GetRequiredService<DevInbox>());
        services.TryAddSingleton<ISmtpTransports, SmtpTransports>();
        services.TryAddSingleton(Choose);
        services.TryAddSingleton<RecipientRules>();
        services.TryAddSingleton<SandboxReports>();
        services.TryAddSingleton<BulkSlots>();
        services.TryAddSingleton<ProviderStore>();
        services.TryAddSingleton<ProviderFactory>();
        services.TryAddSingleton<MailProviders>();
        services.TryAddSingleton<ProviderAlerts>();
        services.TryAddSingleton<SendAlerts>();
        services.TryAddSingleton<MailRoutes>();
        services.TryAddSingleton<MailMetrics>();
        services.TryAddSingleton<IEmailProviders, EmailProviders>();
        services.AddHostedService<TransportAnnouncement>();
        return services;
    }

    /// <summary>Where mails go, when nobody said.</summary>
    public static MailMode ModeOf(MailOptions options) =>
        options.Mode ?? (string.IsNullOrWhiteSpace(options.Smtp.Host) ? MailMode.Sandbox : MailMode.Live);

    private static DevInbox OpenInbox(IServiceProvider provider) => new(
        Path.Combine(provider.GetRequiredService<IOptions<JamailHostOptions>>().Value.DataDirectory, "inbox"),
        provider.GetRequiredService<TimeProvider>())
    {
        IsOn = ModeOf(provider.GetRequiredService<IOptions<MailOptions>>().Value) == MailMode.Sandbox,
    };

    private static IEmailTransport Choose(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
        if (ModeOf(options) == MailMode.Sandbox)
        {
            return new DevInboxTransport(provider.GetRequiredService<DevInbox>());
        }

        return ProviderFactory.Configured(options, provider.GetRequiredService<ISmtpTransports>(), provider.GetRequiredService<TimeProvider>());
    }
}
