namespace Jamail.Queueing;

/// <summary>
/// The database does not answer. Nothing was accepted, unless the answer to the commit was lost: a call with an
/// idempotency key can be repeated as it is.
/// </summary>
/// <param name="message">What does not answer, and why; no secrets.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class StoreUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
