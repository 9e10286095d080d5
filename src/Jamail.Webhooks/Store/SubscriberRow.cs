namespace Jamail.Webhooks;

/// <summary>An endpoint that may take an event.</summary>
internal sealed class SubscriberRow
{
    public string Id { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string Url { get; set; } = "";

    public string EventTypes { get; set; } = "";

    public string? Channels { get; set; }

    public string? Filter { get; set; }

    public int Status { get; set; }

    public int Ordering { get; set; }

    public string? RetrySchedule { get; set; }

    /// <summary>The current secret, protected.</summary>
    public byte[] Key { get; set; } = [];
}
