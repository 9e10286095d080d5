using System.Net;
using System.Net.Sockets;

namespace Jamail.TestSupport;

/// <summary>
/// Free loopback ports below those that the system gives to outgoing connections: a server that is away for a while finds its port
/// free when it comes back, and a client that looks for it meanwhile does not connect to itself.
/// </summary>
public static class Ports
{
    private const int First = 10_000;
    private const int End = 32_000;

    private static int last = Random.Shared.Next(First, End);

    /// <summary>A port nobody listens on now, each time another. Another process may take it first: whoever starts a server tries again.</summary>
    public static int Free()
    {
        for (var tried = First; tried < End; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % (End - First));
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port from {First} to {End - 1} is free.");
    }

    /// <summary>Listens on this port, or on a free one when it is 0.</summary>
    public static TcpListener Listen(int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var listener = new TcpListener(IPAddress.Loopback, port == 0 ? Free() : port);
            try
            {
                listener.Start(512);
                return listener;
            }
            catch (SocketException) when (port == 0 && attempt < 5)
            {
                listener.Dispose();
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
