using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>Retention as scripts take it, from a job's options or from ours.</summary>
internal static class Retention
{
    private static readonly KeepJobs All = new(-1, null, null);
    private static readonly KeepJobs None = new(0, null, null);

    public static KeepJobs Of(JobRetention retention) =>
        retention is { Count: null, Age: null }
            ? All
            : new KeepJobs(
                retention.Count,
                retention.Age is { } age ? (long)Math.Ceiling(age.TotalSeconds) : null,
                retention.Limit);

    /// <summary>Reads the value of the member the reader is at; null when it says nothing.</summary>
    public static KeepJobs? Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return None;
            case JsonTokenType.False:
                return All;
            case JsonTokenType.Number:
                return new KeepJobs((int?)LenientJson.Number(ref reader), null, null);
            case JsonTokenType.StartObject:
                return ReadObject(ref reader);
            default:
                reader.Skip();
                return null;
        }
    }

    private static KeepJobs ReadObject(ref Utf8JsonReader reader)
    {
        long? count = null;
        long? age = null;
        long? limit = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("count"u8))
            {
                count = LenientJson.ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("age"u8))
            {
                age = LenientJson.ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("limit"u8))
            {
                limit = LenientJson.ReadNumber(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new KeepJobs((int?)count, age, (int?)limit);
    }
}
