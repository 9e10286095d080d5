namespace Jamail.Webhooks;

/// <summary>A delivery as a worker needs it.</summary>
internal sealed class ClaimRow : EndpointTerms
{
    public string Id { get; set; } = "";

    public string EventId { get; set; } = "";

    public string WebhookId { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string EventType { get; set; } = "";

    public int Status { get; set; }

    public int Attempts { get; set; }

    public long? ClaimUntil { get; set; }

    /// <summary>1 when a person asked for one attempt.</summary>
    public int Resend { get; set; }

    public int Origin { get; set; }

    public string? Lane { get; set; }

    public long? NotBefore { get; set; }

    public long CreatedAt { get; set; }

    /// <summary>The publisher's trace; null when it had none.</summary>
    public string? Trace { get; set; }

    /// <summary>Null, as all that follows, when the endpoint never was in the database.</summary>
    public string? Url { get; set; }

    public int? EndpointStatus { get; set; }

    public int? EndpointVersion { get; set; }

    public string? Uid { get; set; }

    public string? OwnerEmail { get; set; }

    public string? Description { get; set; }

    public byte[]? HeadersEnc { get; set; }

    public int? Blocks { get; set; }

    public int? ConsecutiveFailures { get; set; }

    public long? LastSuccessAt { get; set; }

    public int? AlertStep { get; set; }

    public long? RefusedSince { get; set; }
}
