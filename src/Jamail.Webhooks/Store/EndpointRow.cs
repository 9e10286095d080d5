namespace Jamail.Webhooks;

/// <summary>A row of webhook_endpoint.</summary>
internal sealed class EndpointRow
{
    /// <summary>The status that a caller never sees.</summary>
    public const int Deleted = 5;

    public string Id { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string Url { get; set; } = "";

    public string Description { get; set; } = "";

    public string EventTypes { get; set; } = "";

    public int Status { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    public WebhookEndpoint ToEndpoint() => new()
    {
        Id = Id,
        Url = Url,
        Description = Description,
        Events = EventFilter.Parse(EventTypes).Patterns,
        Status = (WebhookEndpointStatus)Status,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
    };
}
