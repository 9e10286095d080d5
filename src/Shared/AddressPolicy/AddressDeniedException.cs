namespace Jamail.Shared;

/// <summary>A host that may not be called. The message tells no more than that, so that it cannot be used to map a network.</summary>
internal sealed class AddressDeniedException(string host, AddressDenial reason)
    : Exception($"The host '{host}' is not a public address that may be called; the owner of this service can allow it with AllowedNetworks.")
{
    /// <summary>For logs and metrics of the host's owner.</summary>
    public AddressDenial Reason { get; } = reason;
}
