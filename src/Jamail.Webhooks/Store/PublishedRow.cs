namespace Jamail.Webhooks;

/// <summary>A row of webhook_event as callers see it.</summary>
internal sealed class PublishedRow
{
    public string Id { get; set; } = "";

    public string EventType { get; set; } = "";

    public string? EventUid { get; set; }

    public string? OrderingKey { get; set; }

    public string? Channels { get; set; }

    public string? Tags { get; set; }

    public long OccurredAt { get; set; }

    public long CreatedAt { get; set; }

    public int BodyBytes { get; set; }

    public int IsExpunged { get; set; }

    /// <summary>Null in lists.</summary>
    public string? Body { get; set; }

    public WebhookEvent ToEvent(string? payload) => new()
    {
        Id = Id,
        Type = EventType,
        EventId = EventUid,
        OrderingKey = OrderingKey,
        Channels = TextList.Parse(Channels) ?? [],
        Tags = TextList.Parse(Tags) ?? [],
        OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(OccurredAt),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        PayloadBytes = BodyBytes,
        Payload = payload,
        IsExpunged = IsExpunged == 1,
    };
}
