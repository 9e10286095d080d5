namespace Jamail.Webhooks;

/// <summary>A row of webhook_delivery as callers see it.</summary>
internal sealed class DeliveryRow
{
    public string Id { get; set; } = "";

    public string EventId { get; set; } = "";

    public string WebhookId { get; set; } = "";

    public string EventType { get; set; } = "";

    public int Status { get; set; }

    public string? Lane { get; set; }

    /// <summary>1 when there is nothing left to send.</summary>
    public int IsExpunged { get; set; }

    public long? NextAttemptAt { get; set; }

    public long CreatedAt { get; set; }

    public long? CompletedAt { get; set; }

    public WebhookDelivery ToDelivery(IEnumerable<AttemptRow> attempts) => new()
    {
        Id = Id,
        WebhookId = WebhookId,
        Event = EventType,
        EventId = EventId,
        Status = (DeliveryStatus)Status,
        NextAttemptAt = UnixTime.From(NextAttemptAt),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        CompletedAt = UnixTime.From(CompletedAt),
        Attempts = [.. attempts.Select(attempt => attempt.ToAttempt())],
    };
}
