namespace Jamail.Webhooks;

/// <summary>What an attempt means for its delivery.</summary>
/// <param name="Status">Where the delivery stands now.</param>
/// <param name="NextAttemptAt">When the next attempt is due; null when none is.</param>
/// <param name="NotBefore">The same when it is later than the job's schedule has it; else null.</param>
/// <param name="Fate">What it means for the endpoint.</param>
/// <param name="Charge">Whether it counts as the endpoint's success or failure; null when it tells nothing about it.</param>
internal sealed record AttemptEnd(
    DeliveryStatus Status,
    DateTimeOffset? NextAttemptAt = null,
    DateTimeOffset? NotBefore = null,
    EndpointFate Fate = EndpointFate.None,
    bool? Charge = null);
