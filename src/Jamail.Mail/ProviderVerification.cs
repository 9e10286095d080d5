namespace Jamail.Mail;

/// <summary>Whether a mail server can be used as it is set up.</summary>
/// <param name="Succeeded">Whether a connection came about, encrypted and signed in as set up.</param>
/// <param name="Phase">How far it got: where it failed, or <see cref="SendPhase.Auth"/>.</param>
/// <param name="Fault">What failed; <see cref="TransportFault.None"/> when nothing did.</param>
/// <param name="Message">What the server said or what is wrong, for people; without secrets.</param>
/// <param name="DurationMs">How long it took.</param>
public sealed record ProviderVerification(bool Succeeded, SendPhase Phase, TransportFault Fault, string Message, int DurationMs)
{
    /// <summary>What the server offers, in its own words, as in <c>SIZE 10485760</c>; empty when it could not be used.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];
}
