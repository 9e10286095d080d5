using System.Net;

namespace Jamail.Shared;

/// <summary>What the host's owner allows to be called although it is not public.</summary>
internal sealed class AllowedNetworks
{
    private readonly List<IPNetwork> _networks = [];
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">An entry is none of the three forms; the message names it.</exception>
    public AllowedNetworks(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (Problem(entry) is { } problem)
            {
                throw new ArgumentException(problem, nameof(entries));
            }

            Add(entry.Trim());
        }
    }

    public bool IsEmpty => _networks.Count == 0 && _hosts.Count == 0;

    /// <summary>What is wrong with an entry; null when nothing is.</summary>
    public static string? Problem(string? entry)
    {
        var text = entry?.Trim() ?? "";
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(text, out _)
                ? null
                : $"'{text}' is no network: write the first address of the block and the length of its prefix, as in 10.1.0.0/16 or fd00:1::/64.";
        }

        return IPAddress.TryParse(text, out _) || Uri.CheckHostName(text) == UriHostNameType.Dns
            ? null
            : $"'{text}' is neither a network (10.1.0.0/16), an address (10.1.2.3) nor a host name (hooks.lan).";
    }

    public bool Allows(IPAddress address)
    {
        var judged = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Exists(network => network.Contains(judged));
    }

    public bool AllowsHost(string host) => _hosts.Contains(host);

    private void Add(string entry)
    {
        if (IPNetwork.TryParse(entry, out var network))
        {
            _networks.Add(network);
        }
        else if (IPAddress.TryParse(entry, out var address))
        {
            _networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
        }
        else
        {
            _hosts.Add(entry.TrimEnd('.'));
        }
    }
}
