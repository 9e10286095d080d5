using System.Buffers;
using System.Buffers.Text;
using System.Text;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>One command as Redis reads it, written into a pooled buffer.</summary>
internal sealed class WireCommand
{
    // The number of items stands first and is known last.
    private const int Headroom = 16;
    private const int LengthDigits = 16;

    private byte[] _buffer;
    private int _end = Headroom;
    private int _items;

    public WireCommand(int capacity = 256) => _buffer = ArrayPool<byte>.Shared.Rent(Headroom + capacity);

    private WireCommand(WireCommand beginning, int capacity)
        : this(beginning._end + capacity)
    {
        beginning._buffer.AsSpan(Headroom, beginning._end - Headroom).CopyTo(_buffer.AsSpan(Headroom));
        _end = beginning._end;
        _items = beginning._items;
    }

    /// <summary>A command that calls a script, up to its arguments.</summary>
    public static WireCommand OfScript(LuaScript script, RedisKey[] keys)
    {
        var command = new WireCommand(1024);
        command.Add("EVALSHA");
        command.Add(Convert.ToHexStringLower(script.Sha1));
        command.Add(keys.Length);
        foreach (var key in keys)
        {
            command.Add((string?)key);
        }

        return command;
    }

    /// <summary>About how many bytes it takes.</summary>
    public int Length => _end;

    /// <summary>Another command that begins like this one.</summary>
    public WireCommand Begin(int capacity) => new(this, capacity);

    public void Add(string? text)
    {
        var length = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
        var span = Item(length);
        Encoding.UTF8.GetBytes(text, span);
    }

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Item(bytes.Length));

    public void Add(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var length);
        digits[..length].CopyTo(Item(length));
    }

    /// <summary>The same as an empty text, where there is none.</summary>
    public void Add(long? number)
    {
        if (number is { } value)
        {
            Add(value);
        }
        else
        {
            Add(default(ReadOnlySpan<byte>));
        }
    }

    /// <summary>The bytes to send.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        Span<byte> head = stackalloc byte[Headroom];
        head[0] = (byte)'*';
        Utf8Formatter.TryFormat(_items, head[1..], out var digits);
        "\r\n"u8.CopyTo(head[(1 + digits)..]);
        var start = Headroom - digits - 3;
        head[..(digits + 3)].CopyTo(_buffer.AsSpan(start));
        return _buffer.AsMemory(start, _end - start);
    }

    /// <summary>Gives the buffer back; nothing may read it any more.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private Span<byte> Item(int length)
    {
        Reserve(length + LengthDigits);
        _items++;
        _buffer[_end++] = (byte)'$';
        Utf8Formatter.TryFormat(length, _buffer.AsSpan(_end), out var digits);
        _end += digits;
        "\r\n"u8.CopyTo(_buffer.AsSpan(_end));
        var item = _buffer.AsSpan(_end + 2, length);
        _end += length + 4;
        "\r\n"u8.CopyTo(_buffer.AsSpan(_end - 2));
        return item;
    }

    private void Reserve(int length)
    {
        if (_buffer.Length - _end < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _end + length));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
