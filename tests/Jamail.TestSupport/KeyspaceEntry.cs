namespace Jamail.TestSupport;

/// <summary>One key.</summary>
/// <param name="Key">Name without the prefix that was asked for.</param>
/// <param name="Type">string, list, set, zset, hash or stream.</param>
/// <param name="Lines">Lists and streams in their order, sorted sets as <c>score member</c>, hashes as <c>field: value</c> sorted by field.</param>
/// <param name="ExpiresInMs">Measured by the server's clock; null when the key stays.</param>
public sealed record KeyspaceEntry(string Key, string Type, IReadOnlyList<string> Lines, long? ExpiresInMs);
