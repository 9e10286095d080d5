using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Jamail.TestSupport;

/// <summary>Lines in, replies out. Replies wait until the client has nothing more under way, as a pipelining server does.</summary>
internal sealed class SmtpSinkWire(Socket socket, Action<char, string> said) : IAsyncDisposable
{
    private readonly StringBuilder _replies = new();
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private byte[] _input = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Raw text to send behind the next reply, in the same packet.</summary>
    public string? Appendix { get; set; }

    /// <summary>Send the next reply one byte at a time.</summary>
    public TimeSpan? Drip { get; set; }

    public bool HasInput => _end > _start;

    public void Abort() => socket.Dispose();

    public void LeaveByReset() => socket.LingerState = new LingerOption(true, 0);

    public async Task UpgradeAsync(SslServerAuthenticationOptions options, CancellationToken stop)
    {
        _start = _end = 0;
        var secured = new SslStream(_stream);
        await secured.AuthenticateAsServerAsync(options, stop);
        _stream = secured;
    }

    public async ValueTask SayAsync(string reply)
    {
        foreach (var line in reply.Split("\r\n"))
        {
            said('S', line);
        }

        _replies.Append(reply).Append("\r\n").Append(Appendix);
        Appendix = null;
        if (Drip is { } interval)
        {
            Drip = null;
            var bytes = Encoding.Latin1.GetBytes(_replies.ToString());
            _replies.Clear();
            foreach (var one in bytes)
            {
                await _stream.WriteAsync(new[] { one });
                await _stream.FlushAsync();
                await Task.Delay(interval);
            }
        }
    }

    public async Task FlushAsync()
    {
        if (_replies.Length > 0)
        {
            var bytes = Encoding.Latin1.GetBytes(_replies.ToString());
            _replies.Clear();
            await _stream.WriteAsync(bytes);
            await _stream.FlushAsync();
        }
    }

    public async Task<string?> ReadLineAsync(CancellationToken stop)
    {
        while (true)
        {
            if (NextLine() is { } bytes)
            {
                var line = Encoding.UTF8.GetString(bytes.Span).TrimEnd('\r', '\n');
                said('C', line);
                return line;
            }

            await FlushAsync();
            if (!await FillAsync(stop))
            {
                return null;
            }
        }
    }

    /// <summary>The next whole line with its end, null when none has come yet; valid until the next read.</summary>
    public ReadOnlyMemory<byte>? NextLine()
    {
        var length = _input.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
        if (length < 0)
        {
            return null;
        }

        var line = _input.AsMemory(_start, length + 2);
        _start += length + 2;
        return line;
    }

    /// <summary>That many bytes; null when the client closed before.</summary>
    public async Task<byte[]?> ReadBytesAsync(int count, CancellationToken stop)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            if (!HasInput && !await FillAsync(stop))
            {
                return null;
            }

            var part = Math.Min(count - read, _end - _start);
            _input.AsSpan(_start, part).CopyTo(bytes.AsSpan(read));
            (_start, read) = (_start + part, read + part);
        }

        return bytes;
    }

    public async Task<bool> FillAsync(CancellationToken stop)
    {
        if (_start > 0)
        {
            _input.AsSpan(_start, _end - _start).CopyTo(_input);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _input.Length)
        {
            Array.Resize(ref _input, _input.Length * 2);
        }

        var read = await _stream.ReadAsync(_input.AsMemory(_end), stop);
        _end += read;
        return read > 0;
    }

    /// <summary>Reads and forgets until the client closes.</summary>
    public async Task SwallowAsync(CancellationToken stop)
    {
        while (await FillAsync(stop))
        {
            _start = _end;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
