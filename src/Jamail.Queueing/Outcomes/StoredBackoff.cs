using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>A back-off as it stands in a job's options.</summary>
internal sealed record StoredBackoff(string Type, double DelayMs, double Jitter, IReadOnlyList<double> WaitsMs)
{
    /// <summary>Reads the value of the member the reader is at; null when there is no back-off.</summary>
    public static StoredBackoff? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return new StoredBackoff("fixed", reader.GetDouble(), 0, []);
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            default:
                reader.Skip();
                return null;
        }
    }

    private static StoredBackoff ReadObject(ref Utf8JsonReader reader)
    {
        var type = "fixed";
        var delay = 0d;
        var jitter = 0d;
        List<double> waits = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
                reader.Skip();
            }
            else if (reader.ValueTextEquals("delay"u8))
            {
                delay = ReadDouble(ref reader);
            }
            else if (reader.ValueTextEquals("jitter"u8))
            {
                jitter = ReadDouble(ref reader);
            }
            else if (reader.ValueTextEquals("waits"u8))
            {
                ReadWaits(ref reader, waits);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new StoredBackoff(type, delay, jitter, waits);
    }

    private static void ReadWaits(ref Utf8JsonReader reader, List<double> waits)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                waits.Add(reader.GetDouble());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static double ReadDouble(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDouble();
        }

        reader.Skip();
        return 0;
    }
}
