namespace Jamail.Queueing;

/// <summary>A call with an idempotency key was refused because of another call with the same key. Nothing was done.</summary>
/// <param name="message">Which key, and what to do.</param>
/// <param name="isInFlight">Whether the other call is still under way.</param>
public sealed class IdempotencyException(string message, bool isInFlight) : Exception(message)
{
    /// <summary>
    /// <see langword="true"/>: the other call is under way, repeat in a second. <see langword="false"/>: the key was
    /// used for another request, use a new one.
    /// </summary>
    public bool IsInFlight { get; } = isInFlight;
}
