using System.Globalization;

namespace Jamail.Bench;

internal static class Text
{
    public static string Figure(double value) => value switch
    {
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>For programs: no thousands separators.</summary>
    public static string Plain(double value) => Figure(value).Replace(",", "", StringComparison.Ordinal);

    public static string Spread((double Least, double Most) spread) => $"{Figure(spread.Least)} – {Figure(spread.Most)}";
}
