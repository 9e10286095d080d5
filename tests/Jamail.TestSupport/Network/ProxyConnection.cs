using System.Net.Sockets;
using System.Threading.Channels;

namespace Jamail.TestSupport;

/// <summary>One client of a <see cref="TcpProxy"/> and its connection to the server.</summary>
internal sealed class ProxyConnection(TcpProxy proxy, Socket client) : IDisposable
{
    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private volatile bool swallowing;

    public async Task RunAsync(string host, int port)
    {
        try
        {
            client.NoDelay = server.NoDelay = true;
            await server.ConnectAsync(host, port);
            await Task.WhenAny(PumpAsync(client, server, towardsServer: true), PumpAsync(server, client, towardsServer: false));
        }
        catch (SocketException)
        {
            // The server refused: the client sees its connection end.
        }

        Cut();
        proxy.Forget(this);
    }

    public void Dispose() => Cut();

    public void Cut()
    {
        Close(client);
        Close(server);
    }

    private static void Close(Socket socket)
    {
        try
        {
            // Zero linger resets the connection instead of closing it in an orderly way.
            socket.Close(0);
        }
        catch (SocketException)
        {
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool towardsServer)
    {
        var pieces = Channel.CreateUnbounded<(byte[] Bytes, long ReadAt, TimeSpan Delay)>();
        var writing = WriteAsync(pieces.Reader, to);
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                if (towardsServer && proxy.TakesDrop(buffer.AsMemory(0, read)))
                {
                    swallowing = true;
                }
                else if (!towardsServer && swallowing)
                {
                    proxy.CountDrop();
                    return;
                }

                proxy.CountBytes(towardsServer, read);
                var delay = towardsServer ? proxy.DelayToServer : proxy.DelayToClient;
                pieces.Writer.TryWrite((buffer.AsSpan(0, read).ToArray(), proxy.Clock.GetTimestamp(), delay));
            }

            pieces.Writer.TryComplete();
            await writing;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            pieces.Writer.TryComplete();
        }
    }

    private async Task WriteAsync(ChannelReader<(byte[] Bytes, long ReadAt, TimeSpan Delay)> pieces, Socket to)
    {
        try
        {
            await foreach (var (bytes, readAt, delay) in pieces.ReadAllAsync())
            {
                var left = delay - proxy.Clock.GetElapsedTime(readAt);
                if (left > TimeSpan.Zero)
                {
                    await Task.Delay(left, proxy.Clock);
                }

                for (var sent = 0; sent < bytes.Length;)
                {
                    sent += await to.SendAsync(bytes.AsMemory(sent));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            to.Dispose();
        }
    }
}
