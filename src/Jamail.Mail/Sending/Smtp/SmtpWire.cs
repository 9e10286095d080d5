using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Jamail.Mail;

/// <summary>Commands out, whole replies in, over one socket. For one caller at a time.</summary>
internal sealed class SmtpWire(Socket socket) : IAsyncDisposable
{
    private const int LongestReply = 64 * 1024;
    private const int ChunkSize = 64 * 1024;

    private readonly byte[] _input = new byte[LongestReply];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    /// <summary>The version of TLS; null without.</summary>
    public string? Tls { get; private set; }

    /// <summary>Bytes that came and belong to no reply that was read.</summary>
    public int Unread => _end - _start;

    /// <summary>Whether something came, or the other side closed. With TLS it may be a mere session ticket.</summary>
    public bool HasNews => Unread > 0 || socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Whether the other side surely closed, with nothing more to read.</summary>
    public bool IsClosed => Unread == 0 && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    /// <summary>Encrypts from here on.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server is not trusted.</exception>
    public async Task SecureAsync(SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        await secured.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        Tls = secured.SslProtocol.ToString();
    }

    public ValueTask SayAsync(string commands, CancellationToken cancellationToken) =>
        WriteAsync(Encoding.UTF8.GetBytes(commands), cancellationToken);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _stream.WriteAsync(bytes, cancellationToken);

    /// <summary>Writes much, telling after each piece, so that the caller can prolong its limit.</summary>
    public async Task WriteContentAsync(ReadOnlyMemory<byte> bytes, Action progressed, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            var piece = bytes[..Math.Min(ChunkSize, bytes.Length)];
            await _stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            bytes = bytes[piece.Length..];
            progressed();
        }
    }

    /// <summary>Reads one reply, whatever its number of lines.</summary>
    /// <exception cref="SmtpFault">It is no reply, or longer than 64 KiB; or the connection was closed.</exception>
    public async ValueTask<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        List<string>? lines = null;
        var scanned = 0;
        var total = 0;
        int? code = null;
        while (true)
        {
            var length = _input.AsSpan(_start + scanned, Unread - scanned).IndexOf((byte)'\n');
            if (length < 0)
            {
                scanned = Unread;
                if (total + scanned >= LongestReply)
                {
                    throw TooLong();
                }

                await FillAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            var line = _input.AsSpan(_start, scanned + length);
            _start += scanned + length + 1;
            total += scanned + length + 1;
            scanned = 0;
            if (total > LongestReply)
            {
                throw TooLong();
            }

            var (number, more, text) = ReadLine(line.TrimEnd((byte)'\r'));
            code ??= number;
            if (code != number)
            {
                throw new SmtpFault(TransportFault.Protocol, $"The server changed its reply code from {code} to {number} within one reply.");
            }

            if (!more)
            {
                return new SmtpReply(number, lines is null ? [text] : [.. lines, text]);
            }

            (lines ??= []).Add(text);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>Closes without a farewell; what is under way ends with an error.</summary>
    public void Abort() => socket.Dispose();

    private static (int Code, bool More, string Text) ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || line[0] is < (byte)'2' or > (byte)'5' || !char.IsAsciiDigit((char)line[1]) ||
            !char.IsAsciiDigit((char)line[2]) || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')))
        {
            var shown = Encoding.Latin1.GetString(line[..Math.Min(line.Length, 60)]);
            throw new SmtpFault(TransportFault.Protocol,
                $"The server said '{new string([.. shown.Select(c => char.IsControl(c) ? ' ' : c)])}', which is no SMTP reply.");
        }

        var code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
        return (code, line.Length > 3 && line[3] == (byte)'-', line.Length > 4 ? Encoding.UTF8.GetString(line[4..]) : "");
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _input.AsSpan(_start, Unread).CopyTo(_input);
            (_start, _end) = (0, Unread);
        }

        var read = await _stream.ReadAsync(_input.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            throw new SmtpFault(TransportFault.ConnectionLost, "The server closed the connection.");
        }

        _end += read;
    }

    private static SmtpFault TooLong() =>
        new(TransportFault.Protocol, $"The server's reply is longer than {LongestReply / 1024} KiB.");
}
