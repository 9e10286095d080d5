using System.Buffers.Text;

namespace Jamail.Queueing;

/// <summary>What has come in from Redis, and how much of it is whole replies. A reply may come in many pieces.</summary>
internal sealed class WireInput
{
    private const int Size = 64 * 1024;

    private byte[] _buffer = new byte[Size];
    private int _start;
    private int _end;

    // How far the first reply has been looked through, and how many values of it are still to come.
    private int _seen;
    private long _missing = 1;

    /// <summary>Waits for more.</summary>
    /// <exception cref="EndOfStreamException">There will be no more.</exception>
    public void ReadFrom(Stream stream)
    {
        MakeRoom();
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0)
        {
            throw new EndOfStreamException("Redis closed the connection.");
        }

        _end += read;
    }

    /// <summary>The next whole reply; it must be read before more comes in.</summary>
    public bool TryTake(out ReadOnlySpan<byte> reply)
    {
        while (_missing > 0)
        {
            var line = _buffer.AsSpan(_seen, _end - _seen);
            var length = line.IndexOf("\r\n"u8);
            if (length < 0)
            {
                reply = default;
                return false;
            }

            var size = line[0] is (byte)'$' or (byte)'*' ? Size32(line[1..length]) : 0;
            var next = _seen + length + 2 + (line[0] == (byte)'$' && size >= 0 ? size + 2 : 0);
            if (next > _end)
            {
                reply = default;
                return false;
            }

            _seen = next;
            _missing += line[0] == (byte)'*' && size > 0 ? size - 1 : -1;
        }

        reply = _buffer.AsSpan(_start, _seen - _start);
        _start = _seen;
        _missing = 1;
        return true;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = _seen = 0;
            _buffer = _buffer.Length > Size ? new byte[Size] : _buffer;
        }

        var kept = _end - _start;
        var target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        if (_start > 0 || target != _buffer)
        {
            Buffer.BlockCopy(_buffer, _start, target, 0, kept);
            _buffer = target;
            _seen -= _start;
            _end = kept;
            _start = 0;
        }
    }

    private static int Size32(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out int size, out var used) && used == digits.Length
            ? size
            : throw new InvalidDataException("Redis sent a length that is no number.");
}
