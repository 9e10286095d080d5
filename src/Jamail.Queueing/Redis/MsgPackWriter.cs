using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Jamail.Queueing;

/// <summary>Writes the packed arguments of BullMQ's scripts: only the shapes they read.</summary>
internal ref struct MsgPackWriter
{
    private readonly ArrayBufferWriter<byte> _buffer;

    public MsgPackWriter(int capacity) => _buffer = new ArrayBufferWriter<byte>(capacity);

    public readonly byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public readonly void Map(int pairs) => Header(0x80, 16, 0xde, pairs);

    public readonly void List(int items) => Header(0x90, 16, 0xdc, items);

    public readonly void Nil() => Byte(0xc0);

    public readonly void Bool(bool value) => Byte(value ? (byte)0xc3 : (byte)0xc2);

    public readonly void Text(string? value)
    {
        if (value is null)
        {
            Nil();
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        TextHeader(length);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    public readonly void Text(ReadOnlySpan<byte> utf8)
    {
        TextHeader(utf8.Length);
        _buffer.Write(utf8);
    }

    public readonly void Number(long value)
    {
        if (value is >= 0 and < 128)
        {
            Byte((byte)value);
            return;
        }

        var span = _buffer.GetSpan(9);
        span[0] = 0xd3;
        BinaryPrimitives.WriteInt64BigEndian(span[1..], value);
        _buffer.Advance(9);
    }

    public readonly void Number(double value)
    {
        var span = _buffer.GetSpan(9);
        span[0] = 0xcb;
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
        _buffer.Advance(9);
    }

    private readonly void TextHeader(int length)
    {
        if (length < 32)
        {
            Byte((byte)(0xa0 | length));
            return;
        }

        var span = _buffer.GetSpan(5);
        span[0] = 0xdb;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], length);
        _buffer.Advance(5);
    }

    private readonly void Header(byte small, int smallLimit, byte large, int count)
    {
        if (count < smallLimit)
        {
            Byte((byte)(small | count));
            return;
        }

        var span = _buffer.GetSpan(5);
        span[0] = (byte)(large + 1);
        BinaryPrimitives.WriteInt32BigEndian(span[1..], count);
        _buffer.Advance(5);
    }

    private readonly void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }
}
