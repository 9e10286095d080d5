using System.Net;
using System.Net.NetworkInformation;

namespace Jamail.Shared;

/// <summary>The addresses of this machine's interfaces: services bound to them trust their callers more than they should.</summary>
internal sealed class OwnAddresses(TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    private volatile Snapshot? _snapshot;

    public bool Contains(IPAddress address)
    {
        var snapshot = _snapshot;
        if (snapshot is null || clock.GetElapsedTime(snapshot.TakenAt) > Age)
        {
            _snapshot = snapshot = new Snapshot(Read(), clock.GetTimestamp());
        }

        return snapshot.Addresses.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    private static HashSet<IPAddress> Read() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
    ];

    private sealed record Snapshot(HashSet<IPAddress> Addresses, long TakenAt);
}
