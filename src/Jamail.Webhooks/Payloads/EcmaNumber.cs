using System.Buffers;
using System.Globalization;

namespace Jamail.Webhooks;

/// <summary>Numbers as ECMAScript reads and prints them.</summary>
internal static class EcmaNumber
{
    // What a double printed in full can have; anything longer says more than a double can hold.
    private const int DoubleDigits = 17;

    /// <summary>
    /// Prints the number that <paramref name="literal"/> stands for. False, and nothing printed, when a double cannot hold
    /// it: too large or too small, an integer that would become another one, or more digits than a double has.
    /// </summary>
    public static bool TryWrite(ReadOnlySpan<byte> literal, IBufferWriter<byte> output)
    {
        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            return false;
        }

        Span<byte> printed = stackalloc byte[32];
        value.TryFormat(printed, out var length, "R", CultureInfo.InvariantCulture);
        var held = DecimalDigits.Read(printed[..length]);
        var given = DecimalDigits.Read(literal);
        if (!given.IsSameNumberAs(held))
        {
            var isInteger = literal.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
            if (isInteger || held.Digits.IsEmpty || given.Digits.Length > DoubleDigits)
            {
                return false;
            }
        }

        Write(held, output);
        return true;
    }

    // ECMA-262, Number::toString, with k digits and the point after n of them.
    private static void Write(DecimalDigits number, IBufferWriter<byte> output)
    {
        var digits = number.Digits;
        var (k, n) = (digits.Length, number.Point);
        if (k == 0)
        {
            output.Write("0"u8);
            return;
        }

        if (number.IsNegative)
        {
            output.Write("-"u8);
        }

        if (n is > 0 and <= 21)
        {
            output.Write(digits[..Math.Min(k, n)]);
            WriteZeros(n - k, output);
            if (k > n)
            {
                output.Write("."u8);
                output.Write(digits[n..]);
            }
        }
        else if (n is > -6 and <= 0)
        {
            output.Write("0."u8);
            WriteZeros(-n, output);
            output.Write(digits);
        }
        else
        {
            output.Write(digits[..1]);
            if (k > 1)
            {
                output.Write("."u8);
                output.Write(digits[1..]);
            }

            WriteExponent(n - 1, output);
        }
    }

    private static void WriteZeros(int count, IBufferWriter<byte> output)
    {
        for (; count > 0; count--)
        {
            output.Write("0"u8);
        }
    }

    private static void WriteExponent(int exponent, IBufferWriter<byte> output)
    {
        output.Write(exponent < 0 ? "e-"u8 : "e+"u8);
        Span<byte> text = stackalloc byte[8];
        Math.Abs(exponent).TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        output.Write(text[..length]);
    }
}
