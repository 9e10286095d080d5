using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Puts the shared outbox over the deliveries.</summary>
internal static class OutboxRegistration
{
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(5);

    public static void AddWebhookOutbox(this IServiceCollection services)
    {
        services.AddSingleton(Settings);
        services.AddSingleton<IOutboxStore<OutboxDelivery>, DeliveryOutboxStore>();
        services.AddSingleton<IQueueMemory>(provider => new QueueMemory(Inspector(provider)));
        services.AddSingleton(provider => new Outbox<OutboxDelivery>(
            provider.GetRequiredService<IOutboxStore<OutboxDelivery>>(),
            provider.GetRequiredService<IJobQueues>().Get(WebhooksOptions.QueueName),
            provider.GetRequiredService<IQueueMemory>(),
            provider.GetRequiredService<OutboxSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            DatabaseRegistration.Logger(provider)));
        services.AddSingleton(provider => new OverdueRows<OutboxDelivery>(
            provider.GetRequiredService<IOutboxStore<OutboxDelivery>>(),
            Inspector(provider),
            provider.GetRequiredService<OutboxSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            DatabaseRegistration.Logger(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxSweeper<OutboxDelivery>>(Sweeper));
    }

    private static OutboxSettings Settings(IServiceProvider provider)
    {
        var worker = provider.GetRequiredService<IOptionsMonitor<JobWorkerOptions>>().Get(WebhooksOptions.QueueName);
        return new OutboxSettings(
            DeliveryJobs.Prefix,
            provider.GetRequiredService<IOptions<WebhooksOptions>>().Value.SweepInterval,
            ConfirmWithin,
            worker.LockDuration + (2 * worker.StalledInterval),
            OthersWork: false);
    }

    private static OutboxSweeper<OutboxDelivery> Sweeper(IServiceProvider provider) => new(
        provider.GetRequiredService<Outbox<OutboxDelivery>>(),
        provider.GetRequiredService<OverdueRows<OutboxDelivery>>(),
        finished: null,
        provider.GetRequiredService<IOutboxStore<OutboxDelivery>>(),
        provider.GetRequiredService<CommitSignal>(),
        provider.GetRequiredService<OutboxSettings>(),
        WebhooksOptions.QueueName,
        provider.GetRequiredService<TimeProvider>(),
        DatabaseRegistration.Logger(provider));

    private static IJobQueueInspector Inspector(IServiceProvider provider) =>
        provider.GetRequiredService<IJobQueues>().Inspect(WebhooksOptions.QueueName);
}
