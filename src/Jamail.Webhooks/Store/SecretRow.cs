namespace Jamail.Webhooks;

/// <summary>A live secret of an endpoint.</summary>
internal sealed class SecretRow
{
    /// <summary>Protected.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>Null for the current one.</summary>
    public long? ExpiresAt { get; set; }
}
