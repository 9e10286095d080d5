namespace Jamail.Queueing;

/// <summary>Which upcaster takes which payloads.</summary>
/// <param name="JobName">Jobs of this name.</param>
/// <param name="FromVersion">Payloads of this version.</param>
/// <param name="Type">The upcaster.</param>
internal sealed record UpcasterBinding(string JobName, int FromVersion, Type Type);
