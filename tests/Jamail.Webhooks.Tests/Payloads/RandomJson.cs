using System.Globalization;
using System.Text;

namespace Jamail.Webhooks.Tests;

/// <summary>Writes JSON as strangely as JSON may be written, within what a double holds.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Names =
        ["a", "b", "__proto__", "constructor", "0", "1", "10", "2", "01", "-1", "4294967294", "4294967295", "1e3", "", "ünï", "a b"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Next()
    {
        _text.Clear();
        Value(0);
        return _text.ToString();
    }

    private void Value(int depth)
    {
        Space();
        switch (_random.Next(depth > 4 ? 4 : 7))
        {
            case 0:
                _text.Append(_random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" });
                break;
            case 1:
                String();
                break;
            case 2 or 3:
                Number();
                break;
            case 4:
                List('[', ']', () => Value(depth + 1));
                break;
            default:
                List('{', '}', () => Member(depth));
                break;
        }

        Space();
    }

    private void Member(int depth)
    {
        Space();
        if (_random.Next(4) == 0)
        {
            String();
        }
        else
        {
            _text.Append('"').Append(Names[_random.Next(Names.Length)]).Append('"');
        }

        Space();
        _text.Append(':');
        Value(depth + 1);
    }

    private void List(char open, char close, Action item)
    {
        _text.Append(open);
        Space();
        for (var (i, count) = (0, _random.Next(6)); i < count; i++)
        {
            if (i > 0)
            {
                _text.Append(',');
            }

            item();
        }

        _text.Append(close);
    }

    private void Number() => _text.Append(_random.Next(7) switch
    {
        0 => _random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
        1 => _random.NextInt64(-(1L << 53), 1L << 53).ToString(CultureInfo.InvariantCulture),
        2 => (_random.NextDouble() * Math.Pow(10, _random.Next(-12, 26))).ToString("R", CultureInfo.InvariantCulture),
        3 => Finite().ToString("R", CultureInfo.InvariantCulture),
        4 => Finite().ToString("E16", CultureInfo.InvariantCulture),
        5 => $"{_random.Next(1000)}.{_random.Next(1000)}00e{_random.Next(-30, 30)}",
        _ => new[] { "0", "-0", "0.0", "-0.0e10", "1e21", "1e20", "123456789012345680000", "1e-6", "1e-7", "5e-324", "1.7976931348623157e308" }[_random.Next(11)],
    });

    private double Finite()
    {
        while (true)
        {
            if (BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue)) is var value && double.IsFinite(value))
            {
                return value;
            }
        }
    }

    private void String()
    {
        _text.Append('"');
        for (var (i, count) = (0, _random.Next(12)); i < count; i++)
        {
            _text.Append(_random.Next(8) switch
            {
                0 => "\\" + "\"\\/bfnrt"[_random.Next(8)],
                1 => $"\\u{_random.Next(0x10000):X4}",
                2 => $"\\u{_random.Next(0xD800, 0xE000):x4}",
                3 => $"\\u{_random.Next(0xD800, 0xDC00):x4}\\u{_random.Next(0xDC00, 0xE000):x4}",
                4 => "\u2028\u007f</script>&'+",
                5 => char.ConvertFromUtf32(_random.Next(0x10000, 0x110000)),
                6 => "é",
                _ => ((char)_random.Next('a', 'z')).ToString(),
            });
        }

        _text.Append('"');
    }

    private void Space()
    {
        if (_random.Next(6) == 0)
        {
            _text.Append(" \t\r\n"[_random.Next(4)]);
        }
    }
}
