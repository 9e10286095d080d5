using System.Net;
using System.Net.Sockets;

namespace Jamail.Shared;

/// <summary>Tells public addresses from all others. Says nothing about who is allowed what.</summary>
internal static class AddressClassifier
{
    private static readonly IPAddress[] Metadata = Addresses(
        "169.254.169.254",  // AWS, Google, Azure, DigitalOcean, Oracle
        "169.254.170.2",    // AWS ECS task credentials
        "169.254.170.23",   // AWS EKS pod identity
        "168.63.129.16",    // Azure platform; public by allocation
        "100.100.100.200",  // Alibaba
        "192.0.0.192",      // Oracle
        "fd00:ec2::254",    // AWS
        "fd00:ec2::23",     // AWS EKS pod identity
        "fd20:ce::254");    // Google

    private static readonly IPNetwork[] DeniedIPv4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4");

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] DeniedIPv6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    // Where bits of an IPv6 address are an IPv4 address: the prefix, and where it begins.
    private static readonly (IPNetwork Prefix, int Offset)[] Embedded =
    [
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    public static AddressClass Classify(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (IsMetadata(address))
        {
            return AddressClass.Metadata;
        }

        var isPublic = address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !IsIn(DeniedIPv4, address),
            AddressFamily.InterNetworkV6 =>
                address.ScopeId == 0 && GlobalUnicast.Contains(address) && !IsIn(DeniedIPv6, address),
            _ => false,
        };
        return isPublic ? AddressClass.Public : AddressClass.NotPublic;
    }

    private static bool IsMetadata(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var bytes = address.GetAddressBytes();
            address = new IPAddress(bytes);
            foreach (var (prefix, offset) in Embedded)
            {
                if (prefix.Contains(address) && Array.IndexOf(Metadata, new IPAddress(bytes.AsSpan(offset, 4))) >= 0)
                {
                    return true;
                }
            }
        }

        return Array.IndexOf(Metadata, address) >= 0;
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static IPAddress[] Addresses(params string[] texts) => [.. texts.Select(IPAddress.Parse)];

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(text => IPNetwork.Parse(text))];
}
