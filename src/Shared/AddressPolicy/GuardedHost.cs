using System.Net;

namespace Jamail.Shared;

/// <summary>A host that may be called.</summary>
/// <param name="Addresses">What its name leads to now. Connect to one of these: a second lookup may answer differently.</param>
/// <param name="IsAllowedByOwner">Whether the host's owner listed the name or all of its addresses.</param>
internal sealed record GuardedHost(IReadOnlyList<IPAddress> Addresses, bool IsAllowedByOwner);
