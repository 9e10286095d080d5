namespace Jamail.Webhooks;

/// <summary>What an endpoint was sent, summed up.</summary>
public sealed record WebhookStats
{
    /// <summary>From when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether it receives events.</summary>
    public required WebhookEndpointStatus Status { get; init; }

    /// <summary>How many deliveries stand where.</summary>
    public required IReadOnlyDictionary<DeliveryStatus, long> Deliveries { get; init; }

    /// <summary>Requests that were made.</summary>
    public required long Attempts { get; init; }

    /// <summary>Those that were answered with 2xx.</summary>
    public required long Successes { get; init; }

    /// <summary>Successes per attempt, 0 to 1; <see langword="null"/> without attempts.</summary>
    public double? SuccessRate => Attempts == 0 ? null : (double)Successes / Attempts;

    /// <summary>Half of the requests took no longer, in milliseconds; <see langword="null"/> without attempts.</summary>
    public long? MedianMs { get; init; }

    /// <summary>95 of 100 requests took no longer, in milliseconds; <see langword="null"/> without attempts.</summary>
    public long? P95Ms { get; init; }

    /// <summary>Since when it fails without a success in between; <see langword="null"/> when it does not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When the next attempt is due; <see langword="null"/> when none waits for its time.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}
