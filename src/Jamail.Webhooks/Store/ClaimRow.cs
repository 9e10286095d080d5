namespace Jamail.Webhooks;

/// <summary>A delivery as a worker needs it.</summary>
internal sealed class ClaimRow
{
    public string Id { get; set; } = "";

    public string EventId { get; set; } = "";

    public string WebhookId { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string EventType { get; set; } = "";

    public int Status { get; set; }

    public int Attempts { get; set; }

    public long? ClaimUntil { get; set; }

    public int Resend { get; set; }

    /// <summary>Null when the endpoint never was in the database.</summary>
    public string? Url { get; set; }

    public int? EndpointStatus { get; set; }
}
