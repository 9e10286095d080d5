using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.DependencyInjection;
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
        services.AddSingleton(provider => new QueueOwner(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<IJobQueues>().Inspect(WebhooksOptions.QueueName)));
        services.AddSingleton(provider => new Outbox<OutboxDelivery>(
            provider.GetRequiredService<IOutboxStore<OutboxDelivery>>(),
            provider.GetRequiredService<IJobQueues>().Get(WebhooksOptions.QueueName),
            provider.GetRequiredService<QueueOwner>(),
            provider.GetRequiredService<OutboxSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            DatabaseRegistration.Logger(provider)));
        services.AddSingleton<IHostedService>(Sweeper);
    }

    private static OutboxSettings Settings(IServiceProvider provider)
    {
        var worker = provider.GetRequiredService<IOptionsMonitor<JobWorkerOptions>>().Get(WebhooksOptions.QueueName);
        var sweep = provider.GetRequiredService<IOptions<WebhooksOptions>>().Value.SweepInterval;
        var confirmWithin = ConfirmWithin < sweep ? ConfirmWithin : sweep;
        return new OutboxSettings(
            DeliveryJobs.Prefix,
            sweep,
            confirmWithin,
            worker.LockDuration + (2 * worker.StalledInterval),
            OthersWork: false)
        {
            ConfirmAfter = confirmWithin / 10,
        };
    }

    // Others may work the queue: what their events tell is used, and what vanished without one is sent again.
    private static OutboxSweeper<OutboxDelivery> Sweeper(IServiceProvider provider)
    {
        var rows = provider.GetRequiredService<IOutboxStore<OutboxDelivery>>();
        var inspector = provider.GetRequiredService<IJobQueues>().Inspect(WebhooksOptions.QueueName);
        var settings = provider.GetRequiredService<OutboxSettings>();
        var clock = provider.GetRequiredService<TimeProvider>();
        var logger = DatabaseRegistration.Logger(provider);
        var nodeWorks = provider.GetRequiredService<IOptions<WebhooksOptions>>().Value.NodeWorkers;
        return new OutboxSweeper<OutboxDelivery>(
            provider.GetRequiredService<Outbox<OutboxDelivery>>(),
            new OverdueRows<OutboxDelivery>(rows, inspector, settings, clock, logger),
            nodeWorks ? new FinishedElsewhere<OutboxDelivery>(rows, inspector, clock) : null,
            rows,
            provider.GetRequiredService<CommitSignal>(),
            settings,
            inspector.Name,
            clock,
            logger);
    }
}
