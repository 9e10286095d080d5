namespace Jamail.Webhooks;

/// <summary>What to send again.</summary>
public sealed record WebhookRecoveryRequest
{
    /// <summary>From when; not longer ago than deliveries are kept.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Until when; <see langword="null"/>: until now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which types, by the rules of <see cref="NewWebhookEndpoint.Events"/>; <see langword="null"/>: all.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary>
    /// Of <see cref="DeliveryStatus.Exhausted"/>, <see cref="DeliveryStatus.Skipped"/> and <see cref="DeliveryStatus.Cancelled"/>;
    /// <see langword="null"/>: the first two.
    /// </summary>
    public IReadOnlyList<DeliveryStatus>? Statuses { get; init; }

    /// <summary>How many per second at most, 1 to 10,000; <see langword="null"/>: as fast as it goes.</summary>
    public int? MaxPerSecond { get; init; }

    /// <summary>Whether only to count.</summary>
    public bool DryRun { get; init; }
}
