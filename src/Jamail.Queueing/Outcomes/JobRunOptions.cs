using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>
/// What a worker needs of a job's stored options. Read leniently: other clients leave members out, store raw numbers as
/// back-offs and whatever JavaScript had as numbers.
/// </summary>
internal readonly record struct JobRunOptions(
    int Attempts,
    StoredBackoff? Backoff,
    KeepJobs? RemoveOnComplete,
    KeepJobs? RemoveOnFail,
    int? KeepLogs,
    int? StackTraceLimit,
    bool Lifo,
    JobTimes? Times,
    int PayloadVersion,
    long DelayMs,
    string? TraceContext)
{
    public static JobRunOptions Read(ReadOnlySpan<byte> json)
    {
        var attempts = 0;
        StoredBackoff? backoff = null;
        KeepJobs? onComplete = null;
        KeepJobs? onFail = null;
        int? keepLogs = null;
        int? stackTraceLimit = null;
        var lifo = false;
        var delay = 0L;
        long? timeLimit = null;
        long? deadline = null;
        var payloadVersion = 0;
        string? traceContext = null;

        var reader = new Utf8JsonReader(json);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("attempts"u8))
            {
                attempts = (int)LenientJson.ReadNumber(ref reader).GetValueOrDefault();
            }
            else if (reader.ValueTextEquals("backoff"u8))
            {
                backoff = StoredBackoff.Read(ref reader);
            }
            else if (reader.ValueTextEquals("removeOnComplete"u8))
            {
                onComplete = Retention.Read(ref reader);
            }
            else if (reader.ValueTextEquals("removeOnFail"u8))
            {
                onFail = Retention.Read(ref reader);
            }
            else if (reader.ValueTextEquals("kl"u8))
            {
                keepLogs = (int?)LenientJson.ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("stackTraceLimit"u8))
            {
                stackTraceLimit = (int?)LenientJson.ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("delay"u8))
            {
                delay = LenientJson.ReadNumber(ref reader).GetValueOrDefault();
            }
            else if (reader.ValueTextEquals("timeLimit"u8))
            {
                timeLimit = LenientJson.ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("deadline"u8))
            {
                deadline = LenientJson.ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("lifo"u8))
            {
                reader.Read();
                lifo = reader.TokenType == JsonTokenType.True;
            }
            else if (reader.ValueTextEquals("tm"u8))
            {
                traceContext = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("payloadVersion"u8))
            {
                payloadVersion = (int)LenientJson.ReadNumber(ref reader).GetValueOrDefault();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new JobRunOptions(
            attempts,
            backoff,
            onComplete,
            onFail,
            keepLogs,
            stackTraceLimit,
            lifo,
            JobTimes.Of(timeLimit, deadline, delay),
            payloadVersion,
            delay,
            traceContext);
    }
}
