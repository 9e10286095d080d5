using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>What every package of Jamail shares: the host's settings and its embedded servers.</summary>
internal static class HostServiceCollectionExtensions
{
    /// <summary>Adds section <c>Jamail</c>, completed and validated, and the way to Redis. Safe to call twice.</summary>
    public static IServiceCollection AddJamailHost(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(StartChecks)))
        {
            return services;
        }

        services.AddSingleton<StartChecks>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<JamailHostOptions>().BindWhenConfigured("Jamail").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JamailHostOptions>, HostDefaults>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JamailHostOptions>, JamailHostOptionsRules>());
        services.TryAddSingleton(ChooseRedis);
        services.AddHostedService(StartServers);
        return services;
    }

    private static EmbeddedServers StartServers(IServiceProvider services)
    {
        AllSettings.Validate(services);
        return ActivatorUtilities.CreateInstance<EmbeddedServers>(services);
    }

    private static IRedisEndpoint ChooseRedis(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<JamailHostOptions>>();
        return options.Value.Embedded is true && string.IsNullOrWhiteSpace(options.Value.Redis)
            ? new EmbeddedRedis(
                new DataDirectory(options.Value.DataDirectory),
                services.GetRequiredService<TimeProvider>(),
                services.GetService<ILogger<EmbeddedRedis>>() ?? NullLogger<EmbeddedRedis>.Instance)
            : new ConfiguredRedisEndpoint(options);
    }
}
