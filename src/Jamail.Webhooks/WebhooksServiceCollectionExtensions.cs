using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jamail.Webhooks;

/// <summary>Registers webhooks.</summary>
public static class WebhooksServiceCollectionExtensions
{
    /// <summary>Adds endpoints, publishing and delivery of webhooks; reads section <c>Jamail:Webhooks</c>. Safe to call twice.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>A builder to go on with.</returns>
    public static WebhooksBuilder AddJamailWebhooks(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<WebhooksOptions>().BindConfiguration("Jamail:Webhooks").ValidateOnStart();
        return new WebhooksBuilder(services);
    }
}
