using System.Diagnostics;

namespace Jamail.Webhooks;

/// <summary>An attempt that was made, and what it means.</summary>
/// <param name="Id">Of its row: what is stored again because the database's answer was lost is still one attempt.</param>
/// <param name="Claim">The right to it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Answer">What came of it.</param>
/// <param name="End">What that means for the delivery.</param>
internal sealed record EndedAttempt(string Id, DeliveryClaim Claim, DateTimeOffset StartedAt, DeliveryAnswer Answer, AttemptEnd End)
{
    /// <summary>The span it was made in; what is told of it belongs to the same trace.</summary>
    public Activity? Span { get; } = Activity.Current;
}
