using System.Net;
using System.Net.Sockets;

namespace Jamail.TestSupport;

/// <summary>Free loopback ports.</summary>
public static class Ports
{
    /// <summary>A port nobody listens on now. Another process may take it first: whoever starts a server on it tries again.</summary>
    public static int Free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
