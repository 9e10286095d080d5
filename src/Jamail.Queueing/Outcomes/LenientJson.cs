using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>Reads values that other clients may have stored in other shapes.</summary>
internal static class LenientJson
{
    /// <summary>Reads the value of the member the reader is at; null when it is no number.</summary>
    public static long? ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Number(ref reader);
    }

    /// <summary>The value the reader is at, passed over if it is no number.</summary>
    public static long? Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var whole) ? whole : Truncate(reader.GetDouble());
        }

        reader.Skip();
        return null;
    }

    private static long Truncate(double value) =>
        double.IsNaN(value) ? 0 : (long)Math.Clamp(value, long.MinValue / 2, long.MaxValue / 2);
}
