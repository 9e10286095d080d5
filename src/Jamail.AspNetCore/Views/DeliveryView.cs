using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record DeliveryView(
    string Id,
    string WebhookId,
    string Event,
    string EventId,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? CompletedAt,
    IReadOnlyList<AttemptView> Attempts)
{
    public static DeliveryView Of(WebhookDelivery delivery) => new(
        delivery.Id,
        delivery.WebhookId,
        delivery.Event,
        delivery.EventId,
        WireNames.Of(delivery.Status),
        delivery.CreatedAt,
        delivery.NextAttemptAt,
        delivery.CompletedAt,
        [.. delivery.Attempts.Select(AttemptView.Of)]);
}
