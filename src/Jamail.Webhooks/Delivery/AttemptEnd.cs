namespace Jamail.Webhooks;

/// <summary>What an attempt means for its delivery.</summary>
/// <param name="Status">Where the delivery stands now.</param>
/// <param name="NextAttemptAt">When the next attempt is due; null when none is.</param>
/// <param name="IsGone">Whether the endpoint wants nothing more.</param>
internal sealed record AttemptEnd(DeliveryStatus Status, DateTimeOffset? NextAttemptAt = null, bool IsGone = false);
