using System.Globalization;
using System.Text;

namespace Jamail.Webhooks;

/// <summary>A decimal number as 0.d1d2d3… × 10^<see cref="Point"/>, without leading or trailing zeros; zero has no digits.</summary>
internal readonly ref struct DecimalDigits
{
    // Larger exponents are all equally out of a double's range.
    private const int ExponentLimit = 1_000_000;

    private DecimalDigits(ReadOnlySpan<byte> digits, int point, bool isNegative)
    {
        Digits = digits;
        Point = point;
        IsNegative = isNegative;
    }

    public ReadOnlySpan<byte> Digits { get; }

    public int Point { get; }

    public bool IsNegative { get; }

    /// <summary>Reads a JSON number, or what .NET prints for a finite double.</summary>
    public static DecimalDigits Read(ReadOnlySpan<byte> literal)
    {
        var isNegative = literal[0] == '-';
        var mantissa = isNegative ? literal[1..] : literal;
        var exponent = 0;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is >= 0 and var at)
        {
            exponent = ReadExponent(mantissa[(at + 1)..]);
            mantissa = mantissa[..at];
        }

        var pointAt = mantissa.IndexOf((byte)'.');
        var whole = pointAt < 0 ? mantissa.Length : pointAt;
        var digits = new byte[mantissa.Length].AsSpan();
        var count = 0;
        foreach (var character in mantissa)
        {
            if (character != '.')
            {
                digits[count++] = character;
            }
        }

        digits = digits[..count];
        var significant = digits.TrimStart((byte)'0');
        var leadingZeros = count - significant.Length;
        significant = significant.TrimEnd((byte)'0');
        return significant.IsEmpty
            ? new DecimalDigits([], 0, isNegative)
            : new DecimalDigits(significant, whole - leadingZeros + exponent, isNegative);
    }

    public bool IsSameNumberAs(DecimalDigits other) =>
        Point == other.Point
        && Digits.SequenceEqual(other.Digits)
        && (IsNegative == other.IsNegative || Digits.IsEmpty);

    private static int ReadExponent(ReadOnlySpan<byte> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? Math.Clamp(exponent, -ExponentLimit, ExponentLimit)
            : text[0] == '-' ? -ExponentLimit : ExponentLimit;

    public override string ToString() => $"{(IsNegative ? "-" : "")}0.{Encoding.ASCII.GetString(Digits)}e{Point}";
}
