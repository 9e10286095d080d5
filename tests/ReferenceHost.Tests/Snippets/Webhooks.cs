using System.Data.Common;
using Jamail.AspNetCore;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ReferenceHost.Tests.Snippets;

/// <summary>Code of docs/webhooks.md and docs/webhook-receiver.md.</summary>
internal static class Webhooks
{
    public static async Task PublishInTransactionAsync(
        IWebhookPublisher publisher, DbTransaction transaction, string orderId, CancellationToken cancellationToken)
    {
        // snippet: publish-in-transaction
        await publisher.PublishAsync(
            "order.paid",
            new { orderId },
            new PublishOptions { EventId = $"paid-{orderId}", OrderingKey = orderId, Channels = ["eu"], Tags = ["billing"] },
            transaction,
            cancellationToken);
        // end
    }

    public static async Task CreateAsync(IWebhookEndpoints endpoints)
    {
        // snippet: create-endpoint
        var created = await endpoints.CreateAsync(new NewWebhookEndpoint
        {
            Url = "https://example.com/hooks",
            Events = ["order.*"],
            Settings = new WebhookEndpointSettings
            {
                OwnerEmail = "ops@example.com",
                Filter = """{"properties": {"total": {"minimum": 100}}, "required": ["total"]}""",
                RetrySchedule = "standard",
                RatePerSecond = 50,
                Ordering = WebhookOrdering.Key,
            },
        });
        Console.WriteLine(created.Secret.Reveal());
        // end
    }

    public static async Task RecoverAsync(IWebhookRecovery recovery, string webhookId, DateTimeOffset outage)
    {
        // snippet: recover
        var task = await recovery.TryRecoverAsync(
            webhookId, new WebhookRecoveryRequest { Since = outage, EventTypes = ["order.*"], MaxPerSecond = 100 });
        // end
        _ = task;
    }

    public static void Receive(WebApplication app, string secret)
    {
        // snippet: receive
        app.MapWebhookReceiver("/in", receiver =>
        {
            receiver.Secrets.Add(secret);
            receiver.On<OrderPaid>("order.paid", async (webhook, services, cancellationToken) =>
                await services.GetRequiredService<IOrders>().MarkPaidAsync(webhook.Payload.OrderId, cancellationToken));
        });
        // end
    }

    public static void ReceiveOthers(WebApplication app, string github, string oldStripe, string newStripe)
    {
        // snippet: receive-others
        app.MapWebhookReceiver("/in/github", receiver =>
        {
            receiver.Scheme = WebhookReceiverScheme.GitHub;
            receiver.Secrets.Add(github);
            receiver.On<Push>("push", (webhook, _, _) => Console.Out.WriteLineAsync(webhook.Payload.Ref));
        });
        app.MapWebhookReceiver("/in/stripe", receiver =>
        {
            receiver.Scheme = WebhookReceiverScheme.Stripe;
            receiver.Secrets.Add(newStripe);
            receiver.Secrets.Add(oldStripe);
            receiver.OnOther<StripeEvent>((webhook, _, _) => Console.Out.WriteLineAsync(webhook.Type));
        });
        // end
    }

    private sealed record OrderPaid(string OrderId);

    private sealed record Push(string Ref);

    private sealed record StripeEvent(string Id);

    private interface IOrders
    {
        Task MarkPaidAsync(string orderId, CancellationToken cancellationToken);
    }
}
