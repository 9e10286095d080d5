namespace Jamail.Webhooks;

/// <summary>One event on its way to one endpoint.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The delivery's id.</summary>
    public required string Id { get; init; }

    /// <summary>The endpoint.</summary>
    public required string WebhookId { get; init; }

    /// <summary>The type of the event.</summary>
    public required string Event { get; init; }

    /// <summary>The event's id; the receiver sees it as <c>webhook-id</c>, after <c>msg_</c>.</summary>
    public required string EventId { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>When the next attempt is due; <see langword="null"/> when none is.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the event was published.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came to its end; <see langword="null"/> when it has not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The attempts made, oldest first.</summary>
    public required IReadOnlyList<DeliveryAttempt> Attempts { get; init; }
}
