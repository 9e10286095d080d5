using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Jamail.Interop.Tests.Differential;

/// <summary>Packs arguments as Node does: maps keep the order of their pairs.</summary>
internal static class Packed
{
    public static byte[] Of(object? value)
    {
        var stream = new MemoryStream();
        Write(stream, value);
        return stream.ToArray();
    }

    private static void Write(MemoryStream stream, object? value)
    {
        switch (value)
        {
            case null:
                stream.WriteByte(0xc0);
                break;
            case bool flag:
                stream.WriteByte(flag ? (byte)0xc3 : (byte)0xc2);
                break;
            case string text:
                var bytes = Encoding.Latin1.GetBytes(text);
                Head(stream, 0xdb, bytes.Length);
                stream.Write(bytes);
                break;
            case int or long or double:
                stream.WriteByte(0xcb);
                Span<byte> number = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(number, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                stream.Write(number);
                break;
            case Map map:
                Head(stream, 0xdf, map.Pairs.Count);
                foreach (var (key, item) in map.Pairs)
                {
                    Write(stream, key);
                    Write(stream, item);
                }

                break;
            case IReadOnlyList<object?> items:
                Head(stream, 0xdd, items.Count);
                foreach (var item in items)
                {
                    Write(stream, item);
                }

                break;
            default:
                throw new ArgumentException($"Cannot pack {value.GetType()}.", nameof(value));
        }
    }

    private static void Head(MemoryStream stream, byte kind, int count)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], count);
        stream.Write(head);
    }
}

/// <summary>An ordered map.</summary>
internal sealed class Map
{
    public List<(string Key, object? Value)> Pairs { get; } = [];

    public object? this[string key]
    {
        get => Pairs.FirstOrDefault(pair => pair.Key == key).Value;
        set
        {
            Pairs.RemoveAll(pair => pair.Key == key);
            Pairs.Add((key, value));
        }
    }
}
