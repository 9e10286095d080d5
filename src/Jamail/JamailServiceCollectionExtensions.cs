using Jamail.Mail;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jamail;

/// <summary>Adds Jamail to a host.</summary>
public static class JamailServiceCollectionExtensions
{
    /// <summary>
    /// Adds the job queue, the e-mail pipeline and webhooks, set up from section <c>Jamail</c> of the configuration.
    /// What is wrong with the settings is reported when the host starts, all of it at once. Calling it again changes
    /// nothing and leads to the same builder.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <returns>Changes the parts.</returns>
    public static JamailBuilder AddJamail(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.FirstOrDefault(service => service.ServiceType == typeof(JamailBuilder))?.ImplementationInstance
            is JamailBuilder added)
        {
            return added;
        }

        var builder = new JamailBuilder(
            services, services.AddJamailQueueing(), services.AddJamailMail(), services.AddJamailWebhooks());
        services.AddSingleton(builder);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JamailHostOptions>, StoreSettingsRules>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMailEventSink, MailEventsToWebhooks>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEndpointNotice, EndpointNoticesToMail>());
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("jamail-database", tags: ["jamail", "ready"]);
        return builder;
    }
}
