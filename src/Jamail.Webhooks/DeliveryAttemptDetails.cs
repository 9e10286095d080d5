namespace Jamail.Webhooks;

/// <summary>An attempt with what was sent.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="RequestBody">
/// The body that was sent, at most its first 4 KiB, with what its type redacts shown as <c>***</c>; <see langword="null"/> when it is
/// past its time, and for a test send.
/// </param>
public sealed record DeliveryAttemptDetails(DeliveryAttempt Attempt, string? RequestBody);
