using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Webhooks;

/// <summary>Goes on with what <c>AddJamailWebhooks()</c> began.</summary>
public sealed class WebhooksBuilder
{
    internal WebhooksBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Changes settings in code, after configuration was read.</summary>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>This builder.</returns>
    public WebhooksBuilder Configure(Action<WebhooksOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }
}
