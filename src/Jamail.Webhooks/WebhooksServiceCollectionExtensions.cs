using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Registers webhooks.</summary>
public static class WebhooksServiceCollectionExtensions
{
    /// <summary>
    /// Adds endpoints, publishing and delivery of webhooks, and the queue they need; reads section <c>Jamail:Webhooks</c>.
    /// Safe to call twice.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <returns>A builder to go on with.</returns>
    public static WebhooksBuilder AddJamailWebhooks(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(IWebhookPublisher)))
        {
            AddOptions(services);
            AddQueue(services);
            services.AddJamailDatabase(new DatabasePackage("webhook", "Jamail.Webhooks.Database", typeof(WebhookSql)));
            AddOutgoing(services);
            AddStores(services);
            services.AddWebhookOutbox();
            services.AddSingleton<IWebhookEndpoints, WebhookEndpoints>();
            services.AddSingleton<IDeliveryHistory, DeliveryHistory>();
            services.AddSingleton<IWebhookPublisher, WebhookPublisher>();
            services.AddSingleton<IWebhookSecrets, WebhookSecrets>();
            services.AddSingleton<IWebhookEventTypes, WebhookEventTypes>();
            services.AddSingleton<IWebhookEvents, WebhookEvents>();
            services.AddSingleton<IWebhookRecovery, WebhookRecovery>();
            services.AddHostedService<TaskRunner>();
            services.AddHostedService<WebhookUpkeep>();
        }

        return new WebhooksBuilder(services);
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<WebhooksOptions>()
            .Configure<IServiceProvider>((options, provider) =>
                provider.GetService<IConfiguration>()?.GetSection("Jamail:Webhooks").Bind(options))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhooksOptions>, WebhooksOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhooksOptions>, WebhooksOptionsRules>());
    }

    private static void AddQueue(IServiceCollection services)
    {
        var queueing = services.AddJamailQueueing();
        services.AddOptions<JobWorkerOptions>(WebhooksOptions.QueueName)
            .Configure<IOptions<WebhooksOptions>>((worker, options) => worker.Concurrency = options.Value.Concurrency);
        queueing.AddQueue(WebhooksOptions.QueueName)
            .BeforeWork((provider, token) => provider.GetRequiredService<QueueOwner>().EnsureAsync(token))
            .MaskDataMember("secret")
            .AddProcessor<RawJson, WebhookDeliveryProcessor>(DeliveryJobs.CompleteName)
            .AddProcessor<RawJson, WebhookDeliveryProcessor>(DeliveryJobs.ReferenceName);
    }

    private static void AddOutgoing(IServiceCollection services)
    {
        services.TryAddSingleton<IHostResolver, DnsHostResolver>();
        services.AddSingleton<OwnAddresses>();
        services.AddSingleton(provider => new AddressGuard(
            new AllowedNetworks(provider.GetRequiredService<IOptions<WebhooksOptions>>().Value.AllowedNetworks),
            provider.GetRequiredService<IHostResolver>(),
            provider.GetRequiredService<OwnAddresses>()));
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<GateScripts>();
        services.AddSingleton<GateCalls>();
        services.AddSingleton<EndpointGate>();
        services.AddSingleton<TargetPolicy>();
        services.AddSingleton<GuardedConnector>();
        services.AddSingleton<WebhookHttpClient>();
        services.AddSingleton<WebhookRequests>();
        services.AddSingleton<TestSender>();
        services.AddSingleton<EndpointProof>();
    }

    private static void AddStores(IServiceCollection services)
    {
        services.AddSingleton<SecretColumn>();
        services.AddSingleton<SecretStore>();
        services.AddSingleton<WebhookAudit>();
        services.AddSingleton<IWebhookAudit>(provider => provider.GetRequiredService<WebhookAudit>());
        services.AddSingleton<StaticHeaders>();
        services.AddSingleton<EventTypeStore>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<LaneStore>();
        services.AddSingleton<EndpointNotices>();
        services.AddSingleton<EndpointHealth>();
        services.AddSingleton<EndpointKeys>();
        services.AddSingleton<ForeignDeliveries>();
        services.AddSingleton<DeliveryAttempts>();
        services.AddSingleton<DeliveryCancel>();
        services.AddSingleton<EndpointStats>();
        services.AddSingleton<EndpointAttempts>();
        services.AddSingleton<PayloadView>();
        services.AddSingleton<TaskPages>();
        services.AddSingleton<TaskWakeup>();
        services.AddSingleton<Retention>();
        services.AddSingleton<WaitingJobs>();
        services.AddSingleton<UnwantedJobs>();
        services.AddSingleton<EndpointStore>();
        services.AddSingleton<EventRows>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventGroups>();
        services.AddSingleton<AttemptRows>();
        services.AddSingleton<SettleRows>();
        services.AddSingleton<OwnEnds>();
        services.AddSingleton<AttemptStore>();
        services.AddSingleton<DeliveryClaims>();
        services.AddSingleton<DeliveryResend>();
        services.AddSingleton<RetrySchedules>();
        services.AddSingleton<DeliveryJobs>();
    }
}
