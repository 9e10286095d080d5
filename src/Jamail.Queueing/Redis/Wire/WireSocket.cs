using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The socket of a connection, with TLS where it is asked for, and the first words to Redis. Blocks.</summary>
internal sealed class WireSocket(EndPoint endPoint, ConfigurationOptions options, string clientName) : IDisposable
{
    private const int KeepAliveSeconds = 30;
    private const int KeepAliveInterval = 5;
    private const int KeepAliveCount = 3;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Stream? _stream;

    /// <summary>Only when open.</summary>
    public Stream Stream => _stream ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>By what Redis knows this connection; null where it does not say.</summary>
    public long? Id { get; private set; }

    public string ClientName => clientName;

    public void Open()
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveInterval);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveCount);
        _socket.Connect(endPoint);
        _stream = new NetworkStream(_socket);
        if (options.Ssl)
        {
            var tls = new SslStream(_stream);
            _stream = tls;
            tls.AuthenticateAsClient(string.IsNullOrEmpty(options.SslHost) ? HostOf(endPoint) : options.SslHost);
        }

        Introduce();
    }

    public void Write(ReadOnlySpan<byte> bytes) => Stream.Write(bytes);

    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }

    private void Introduce()
    {
        var input = new WireInput();
        if (!string.IsNullOrEmpty(options.Password))
        {
            Ask(input, isNeeded: true, "AUTH", options.Password);
        }

        if (options.DefaultDatabase is > 0 and var database)
        {
            Ask(input, isNeeded: true, "SELECT", database.ToString(CultureInfo.InvariantCulture));
        }

        Ask(input, isNeeded: false, "CLIENT", "SETNAME", clientName);
        Id = long.TryParse(Ask(input, isNeeded: false, "CLIENT", "ID"), CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    private string? Ask(WireInput input, bool isNeeded, params ReadOnlySpan<string> words)
    {
        var call = WireTextCall.Of(words);
        Write(call.Command.ToBytes().Span);
        ReadOnlySpan<byte> reply;
        while (!input.TryTake(out reply))
        {
            input.ReadFrom(Stream);
        }

        var reader = new WireReader(reply);
        if (!reader.IsError)
        {
            return reader.Text();
        }

        return isNeeded ? throw new WireErrorException(reader.Line()) : null;
    }

    private static string HostOf(EndPoint endPoint) => endPoint switch
    {
        DnsEndPoint dns => dns.Host,
        IPEndPoint ip => ip.Address.ToString(),
        _ => "",
    };
}
