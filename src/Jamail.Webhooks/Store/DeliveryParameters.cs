namespace Jamail.Webhooks;

/// <summary>What <c>insert_delivery</c> takes.</summary>
internal sealed record DeliveryParameters
{
    public required string Id { get; init; }

    /// <summary>The id a producer in another language gave, when it is no UUID.</summary>
    public string? CompatId { get; init; }

    public required string EventId { get; init; }

    public required string WebhookId { get; init; }

    public required string Tenant { get; init; }

    public required string Type { get; init; }

    public required int Status { get; init; }

    public string? Lane { get; init; }

    public long? Seq { get; init; }

    public required int Origin { get; init; }

    public required int JobState { get; init; }

    public required long JobDueAt { get; init; }

    public required long Now { get; init; }

    public long? CompletedAt { get; init; }
}
