namespace Jamail.Webhooks;

/// <summary>An attempt that was made, and what it means.</summary>
internal sealed record EndedAttempt(DeliveryClaim Claim, DateTimeOffset StartedAt, DeliveryAnswer Answer, AttemptEnd End);
