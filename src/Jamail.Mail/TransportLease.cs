namespace Jamail.Mail;

/// <summary>A connection that is ready for a message, or why there is none.</summary>
/// <param name="Connection">Connected, signed in and idle; <see langword="null"/> when that failed.</param>
/// <param name="Failure">Why there is none, at most in <see cref="SendPhase.Auth"/>; <see langword="null"/> when there is one.</param>
public sealed record TransportLease(IEmailConnection? Connection, TransportResult? Failure);
