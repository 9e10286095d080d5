namespace Jamail.AspNetCore;

/// <summary>A request whose signature is genuine.</summary>
internal sealed record ProvenWebhook(string Id, string Type, ReadOnlyMemory<byte> Body, DateTimeOffset? SignedAt);
