using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>What an attempt means for its job and its endpoint.</summary>
/// <param name="Outcome">For the job, when there is no error.</param>
/// <param name="Error">Why the job is to be tried again; null when it is not.</param>
/// <param name="IsEnded">Whether the delivery has come to its end.</param>
/// <param name="Charge">What the endpoint is to be charged with; null for nothing.</param>
internal sealed record AttemptResult(JobOutcome Outcome, string? Error, bool IsEnded, bool? Charge);
