using System.Diagnostics;

namespace Jamail.Webhooks;

/// <summary>An attempt that was made, and what it means.</summary>
internal sealed record EndedAttempt(DeliveryClaim Claim, DateTimeOffset StartedAt, DeliveryAnswer Answer, AttemptEnd End)
{
    /// <summary>The span it was made in; what is told of it belongs to the same trace.</summary>
    public Activity? Span { get; } = Activity.Current;
}
