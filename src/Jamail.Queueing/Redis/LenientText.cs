using System.Globalization;

namespace Jamail.Queueing;

/// <summary>Numbers and times that other clients stored as text.</summary>
internal static class LenientText
{
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>Unix ms, or any date that JavaScript writes.</summary>
    public static long? Time(string? text) =>
        Number(text) is { } ms
            ? (long)ms
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUnixTimeMilliseconds()
                : null;

    /// <summary>A moment that can be shown, whatever was stored.</summary>
    public static DateTimeOffset Moment(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, 0, 253_402_300_799_999));
}
