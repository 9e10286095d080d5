using System.Net;
using System.Net.Sockets;
using Jamail.Queueing;

namespace Jamail.Bench;

/// <summary>A client that does nothing but send what was made before and count replies.</summary>
internal sealed class PipelineClient : IDisposable
{
    /// <summary>Groups under way at a time, as a worker has calls.</summary>
    public const int Depth = 4;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly WireInput _input = new();
    private readonly NetworkStream _stream;

    public PipelineClient(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _stream = new NetworkStream(_socket);
    }

    public void Send(IReadOnlyList<PipelineGroup> groups)
    {
        for (var group = 0; group < groups.Count + Depth; group++)
        {
            if (group >= Depth)
            {
                Read(groups[group - Depth].Commands);
            }

            if (group < groups.Count)
            {
                _stream.Write(groups[group].Bytes);
            }
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private void Read(int replies)
    {
        while (replies > 0)
        {
            while (replies > 0 && _input.TryTake(out var reply))
            {
                if (reply[0] == (byte)'-')
                {
                    throw new VoidRunException(System.Text.Encoding.UTF8.GetString(reply));
                }

                replies--;
            }

            if (replies > 0)
            {
                _input.ReadFrom(_stream);
            }
        }
    }
}
