using System.Net;
using System.Net.Sockets;

namespace Jamail.Webhooks;

/// <summary>Opens connections to checked addresses only. The name is looked up once, so no second answer can differ.</summary>
internal sealed class GuardedConnector(TargetPolicy policy, TimeProvider clock)
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LeastPerAddress = TimeSpan.FromSeconds(1);

    /// <summary>The request that is being written in the present flow of calls.</summary>
    public AsyncLocal<RemoteAddress?> Writing { get; } = new();

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var url = context.InitialRequestMessage.RequestUri!; // The client always sets it.
        var host = await policy.AdmitAsync(url, cancellationToken).ConfigureAwait(false);
        context.InitialRequestMessage.Options.TryGetValue(RemoteAddress.Key, out var remote);
        var share = Timeout / host.Addresses.Count;
        var wait = share < LeastPerAddress ? LeastPerAddress : share;
        for (var index = 0; ; index++)
        {
            remote?.Value = host.Addresses[index];
            try
            {
                return await ConnectAsync(host.Addresses[index], url.Port, wait, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException) when (index < host.Addresses.Count - 1)
            {
                // The next address may answer.
            }
        }
    }

    private async Task<Stream> ConnectAsync(
        IPAddress address, int port, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, either.Token).ConfigureAwait(false);
            return new GuardedStream(socket, address, Writing);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
