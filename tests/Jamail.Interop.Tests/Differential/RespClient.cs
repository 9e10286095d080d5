using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Jamail.Interop.Tests.Differential;

/// <summary>
/// A blocking, pipelining client that keeps the type of every reply: <see cref="long"/>, <see cref="string"/> (one char per
/// byte), null, <see cref="RespError"/> or a list of these.
/// </summary>
internal sealed class RespClient : IDisposable
{
    private readonly TcpClient _client;
    private readonly BufferedStream _output;
    private readonly BufferedStream _input;
    private int _pending;

    public RespClient(string host, int port)
    {
        _client = new TcpClient(host, port) { NoDelay = true, ReceiveTimeout = 60_000 };
        _output = new BufferedStream(_client.GetStream(), 1 << 16);
        _input = new BufferedStream(_client.GetStream(), 1 << 16);
    }

    public object? Call(params object?[] command)
    {
        Send(command);
        return Receive()[^1];
    }

    /// <summary>Queues a command; <see cref="Receive"/> sends all and reads the replies.</summary>
    public void Send(params object?[] command)
    {
        WriteText($"*{command.Length}\r\n");
        foreach (var part in command)
        {
            var bytes = Bytes(part);
            WriteText($"${bytes.Length}\r\n");
            _output.Write(bytes);
            WriteText("\r\n");
        }

        _pending++;
    }

    public List<object?> Receive()
    {
        _output.Flush();
        var replies = new List<object?>(_pending);
        for (; _pending > 0; _pending--)
        {
            replies.Add(Read());
        }

        return replies;
    }

    public void Dispose() => _client.Dispose();

    public static byte[] Bytes(object? part) => part switch
    {
        null => [],
        byte[] bytes => bytes,
        string text => Encoding.Latin1.GetBytes(text),
        IFormattable number => Encoding.ASCII.GetBytes(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"Not a part of a command: {part.GetType()}", nameof(part)),
    };

    private void WriteText(string text)
    {
        Span<byte> bytes = stackalloc byte[text.Length];
        Encoding.ASCII.GetBytes(text, bytes);
        _output.Write(bytes);
    }

    private object? Read()
    {
        var line = ReadLine();
        var rest = line[1..];
        switch (line[0])
        {
            case '+':
                return rest;
            case '-':
                return new RespError(rest);
            case ':':
                return long.Parse(rest, CultureInfo.InvariantCulture);
            case '$':
                return ReadBulk(int.Parse(rest, CultureInfo.InvariantCulture));
            case '*':
                var count = int.Parse(rest, CultureInfo.InvariantCulture);
                if (count < 0)
                {
                    return null;
                }

                var items = new List<object?>(count);
                for (var i = 0; i < count; i++)
                {
                    items.Add(Read());
                }

                return items;
            default:
                throw new InvalidDataException($"Not a reply: {line}");
        }
    }

    private string? ReadBulk(int length)
    {
        if (length < 0)
        {
            return null;
        }

        var bytes = new byte[length + 2];
        _input.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes, 0, length);
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (var next = _input.ReadByte(); ; next = _input.ReadByte())
        {
            switch (next)
            {
                case -1:
                    throw new EndOfStreamException("Redis closed the connection.");
                case '\r':
                    _input.ReadByte();
                    return line.ToString();
                default:
                    line.Append((char)next);
                    break;
            }
        }
    }
}

/// <summary>An error reply.</summary>
internal sealed record RespError(string Text);
