using System.Net;
using System.Net.Sockets;

namespace Jamail.TestSupport;

/// <summary>Stands between a client and a real server and makes the network fail on command.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<ProxyConnection> connections = [];
    private readonly string targetHost;
    private readonly int targetPort;
    private TcpListener? listener;
    private Func<ReadOnlyMemory<byte>, bool>? dropped;
    private int dropsLeft;
    private int accepted;
    private int dropsDone;
    private long toServer;
    private long toClient;

    private TcpProxy(string targetHost, int targetPort, TimeProvider clock)
    {
        this.targetHost = targetHost;
        this.targetPort = targetPort;
        Clock = clock;
    }

    public int Port { get; private set; }

    /// <summary>Latency added to every byte on its way to the server; applies to bytes read from now on.</summary>
    public TimeSpan DelayToServer { get; set; }

    public TimeSpan DelayToClient { get; set; }

    public int ConnectionsAccepted => Volatile.Read(ref accepted);

    public int RepliesDropped => Volatile.Read(ref dropsDone);

    public long BytesToServer => Interlocked.Read(ref toServer);

    public long BytesToClient => Interlocked.Read(ref toClient);

    public int OpenConnections
    {
        get
        {
            lock (gate)
            {
                return connections.Count;
            }
        }
    }

    /// <summary>The clock of the two delays.</summary>
    internal TimeProvider Clock { get; }

    public static TcpProxy To(int port, string host = "127.0.0.1", TimeProvider? clock = null)
    {
        var proxy = new TcpProxy(host, port, clock ?? TimeProvider.System);
        proxy.Listen();
        return proxy;
    }

    public static TcpProxy To(RedisServer server, TimeProvider? clock = null) => To(server.Port, server.Host, clock);

    /// <summary>Resets every connection; new ones are accepted.</summary>
    public void CutAll()
    {
        ProxyConnection[] open;
        lock (gate)
        {
            open = [.. connections];
        }

        foreach (var connection in open)
        {
            connection.Cut();
        }
    }

    /// <summary>New connections are refused and the present ones cut, until <see cref="Accept"/>.</summary>
    public void Refuse()
    {
        lock (gate)
        {
            listener?.Stop();
            listener = null;
        }

        CutAll();
    }

    public void Accept()
    {
        lock (gate)
        {
            if (listener is null)
            {
                Listen();
            }
        }
    }

    /// <summary>
    /// The next <paramref name="count"/> requests that match (all when null) reach the server; their replies are swallowed and
    /// the connection is cut, so that the client cannot know what happened.
    /// </summary>
    public void DropReplies(int count, Func<ReadOnlyMemory<byte>, bool>? request = null)
    {
        lock (gate)
        {
            (dropsLeft, dropped) = (count, request);
        }
    }

    public ValueTask DisposeAsync()
    {
        Refuse();
        return ValueTask.CompletedTask;
    }

    internal bool TakesDrop(ReadOnlyMemory<byte> request)
    {
        lock (gate)
        {
            if (dropsLeft == 0 || dropped?.Invoke(request) == false)
            {
                return false;
            }

            dropsLeft--;
            return true;
        }
    }

    internal void CountDrop() => Interlocked.Increment(ref dropsDone);

    internal void CountBytes(bool towardsServer, int bytes) =>
        Interlocked.Add(ref towardsServer ? ref toServer : ref toClient, bytes);

    internal void Forget(ProxyConnection connection)
    {
        lock (gate)
        {
            connections.Remove(connection);
        }
    }

    private void Listen()
    {
        var started = Ports.Listen(Port);
        Port = ((IPEndPoint)started.LocalEndpoint).Port;
        listener = started;
        _ = Task.Run(() => AcceptAsync(started));
    }

    private async Task AcceptAsync(TcpListener from)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await from.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            Interlocked.Increment(ref accepted);
            var connection = new ProxyConnection(this, client);
            lock (gate)
            {
                connections.Add(connection);
            }

            _ = Task.Run(() => connection.RunAsync(targetHost, targetPort));
        }
    }
}
