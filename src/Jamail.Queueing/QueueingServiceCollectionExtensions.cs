using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>Adds the queue to a host.</summary>
public static class QueueingServiceCollectionExtensions
{
    /// <summary>
    /// Adds producers, inspectors and the workers of the queues that are then added to the builder. Calling it again
    /// changes nothing and leads to the same queues.
    /// </summary>
    /// <param name="services">The host's services. Settings are read from section <c>Jamail</c> where the host has a configuration.</param>
    /// <returns>The builder that queues and processors are added to.</returns>
    public static QueueingBuilder AddJamailQueueing(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var registry = (QueueRegistry?)services
            .FirstOrDefault(service => service.ServiceType == typeof(QueueRegistry))?.ImplementationInstance;
        if (registry is not null)
        {
            return new QueueingBuilder(services, registry);
        }

        registry = new QueueRegistry();
        services.AddSingleton(registry);
        services.AddJamailHost();
        AddOptions(services);

        services.TryAddSingleton<ISecretProtector, KeyedSecretProtector>();
        services.TryAddSingleton(provider => new RedisConnections(
            provider.GetRequiredService<IRedisEndpoint>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()));
        services.TryAddSingleton(provider => new QueueingMetrics(
            provider.GetRequiredService<TimeProvider>(), provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<QueueingTracing>();
        services.TryAddSingleton<QueueScripts>();
        services.TryAddSingleton<OwnKeys>();
        services.TryAddSingleton(provider => new JobEncoder(
            provider.GetRequiredService<IOptions<QueueingOptions>>().Value.Prefix, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IJobQueues, JobQueues>();
        services.TryAddSingleton<AddMiddleware>();
        services.TryAddSingleton<JobFetchers>();
        services.TryAddSingleton<IJobFlows, JobFlows>();
        services.AddSingleton<JobWorkerHost>();
        services.TryAddSingleton<IJobWorkers, JobWorkers>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<JobWorkerHost>());
        services.AddHostedService<QueueGauges>();
        services.AddHealthChecks()
            .AddCheck<RedisHealthCheck>("jamail-redis", tags: ["jamail", "ready"])
            .AddCheck<WorkerHealthCheck>("jamail-workers", tags: ["jamail", "ready"])
            .AddCheck<QueueHealthCheck>("jamail-queues", tags: ["jamail", "ready"]);
        return new QueueingBuilder(services, registry);
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<QueueingOptions>().BindWhenConfigured("Jamail:Queueing").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<QueueingOptions>, QueueingOptionsRules>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobWorkerOptions>, JobWorkerOptionsRules>());
    }
}
