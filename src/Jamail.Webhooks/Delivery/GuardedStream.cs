using System.Net;
using System.Net.Sockets;

namespace Jamail.Webhooks;

/// <summary>A connection that tells each request that writes to it which address it leads to.</summary>
internal sealed class GuardedStream(Socket socket, IPAddress address, AsyncLocal<RemoteAddress?> writing)
    : NetworkStream(socket, ownsSocket: true)
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (writing.Value is { } remote)
        {
            remote.Value = address;
        }

        return base.WriteAsync(buffer, cancellationToken);
    }
}
