using System.Net;
using System.Net.Sockets;
using Jamail.Shared;

namespace Jamail.Webhooks.Tests;

/// <summary>Answers as a name server that an attacker controls could; real ones cannot be made to here.</summary>
internal sealed class FixedResolver(Dictionary<string, IPAddress[]> names) : IHostResolver
{
    private int _lookups;

    public int Lookups => _lookups;

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _lookups);
        return names.TryGetValue(host, out var addresses)
            ? Task.FromResult<IReadOnlyList<IPAddress>>(addresses)
            : throw new SocketException((int)SocketError.HostNotFound);
    }
}
