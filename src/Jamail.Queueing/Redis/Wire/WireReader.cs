using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Jamail.Queueing;

/// <summary>Reads one whole reply of Redis (RESP 2), value by value.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> reply)
{
    private readonly ReadOnlySpan<byte> _reply = reply;
    private int _at;

    /// <summary>The reply is an error; <see cref="Line"/> says which.</summary>
    public readonly bool IsError => _reply[_at] == (byte)'-';

    /// <summary>The text of an error or a status.</summary>
    public string Line() => Encoding.UTF8.GetString(Head());

    /// <summary>The number of values that follow; -1 for nil.</summary>
    public int Array()
    {
        Expect('*');
        return (int)Whole(Head());
    }

    /// <summary>A number, or a text that is one. Numbers may have come from JavaScript: 1.5, -5, 1e21. Nil and others are 0.</summary>
    public long Number()
    {
        if (_reply[_at] == (byte)':')
        {
            return Whole(Head());
        }

        return TryBytes(out var text) ? Lenient(text) : 0;
    }

    public string? Text()
    {
        if (_reply[_at] is (byte)':' or (byte)'+')
        {
            return Line();
        }

        return TryBytes(out var text) ? Encoding.UTF8.GetString(text) : null;
    }

    /// <summary>A text, without a new string where it is the likely one.</summary>
    public string? Text(string? likely)
    {
        if (!TryBytes(out var text))
        {
            return null;
        }

        return likely is not null && likely.Length == text.Length && Ascii.Equals(text, likely)
            ? likely
            : Encoding.UTF8.GetString(text);
    }

    public byte[]? Bytes() => TryBytes(out var bytes) ? bytes.ToArray() : null;

    /// <returns>False for nil.</returns>
    public bool TryBytes(out ReadOnlySpan<byte> bytes)
    {
        Expect('$');
        var length = (int)Whole(Head());
        if (length < 0)
        {
            bytes = default;
            return false;
        }

        bytes = _reply.Slice(_at, length);
        _at += length + 2;
        return true;
    }

    private readonly void Expect(char kind)
    {
        if (_reply[_at] != (byte)kind)
        {
            throw new InvalidDataException($"Redis answered with '{(char)_reply[_at]}' where '{kind}' was expected.");
        }
    }

    private ReadOnlySpan<byte> Head()
    {
        var rest = _reply[(_at + 1)..];
        var length = rest.IndexOf((byte)'\r');
        _at += length + 3;
        return rest[..length];
    }

    private static long Whole(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length
            ? number
            : throw new InvalidDataException("Redis answered with a number that is none.");

    private static long Lenient(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out long whole, out var used) && used == text.Length)
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? (long)Math.Clamp(number, long.MinValue, long.MaxValue)
            : 0;
    }
}
