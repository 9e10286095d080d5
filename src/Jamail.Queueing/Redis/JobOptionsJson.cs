using System.Buffers;
using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>The options of a job as BullMQ stores them: its names, times in milliseconds, <c>attempts</c> always there.</summary>
internal static class JobOptionsJson
{
    private static readonly byte[] None = """{"attempts":0}"""u8.ToArray();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <param name="options">Null: none.</param>
    /// <param name="prefix">Of the keys of parents.</param>
    /// <param name="payloadVersion">1 is not written.</param>
    /// <param name="traceContext">W3C headers as JSON; null when there is no trace.</param>
    public static byte[] Encode(JobOptions? options, string prefix, int payloadVersion = 1, string? traceContext = null)
    {
        if (options is null)
        {
            if (payloadVersion <= 1 && traceContext is null)
            {
                return None;
            }

            options = new JobOptions();
        }

        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(256);
        var writer = t_writer ??= new Utf8JsonWriter(buffer);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        Write(writer, options, prefix, payloadVersion, traceContext);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(
        Utf8JsonWriter writer, JobOptions options, string prefix, int payloadVersion, string? traceContext)
    {
        writer.WriteStartObject();
        writer.WriteNumber("attempts"u8, options.Attempts ?? 0);
        WriteBackoff(writer, options.Backoff);
        WriteNumber(writer, "delay"u8, Milliseconds(options.Delay));
        WriteNumber(writer, "priority"u8, options.Priority);
        if (options.Lifo is { } lifo)
        {
            writer.WriteBoolean("lifo"u8, lifo);
        }

        if (options.Id is { } id)
        {
            writer.WriteString("jobId"u8, id.Value);
        }

        WriteNumber(writer, "timestamp"u8, options.Timestamp?.ToUnixTimeMilliseconds());
        WriteRetention(writer, "removeOnComplete"u8, options.RemoveOnComplete);
        WriteRetention(writer, "removeOnFail"u8, options.RemoveOnFail);
        WriteNumber(writer, "kl"u8, options.KeepLogs);
        WriteNumber(writer, "stackTraceLimit"u8, options.StackTraceLimit);
        WriteNumber(writer, "sizeLimit"u8, options.SizeLimit);
        WriteNumber(writer, "timeLimit"u8, Milliseconds(options.TimeLimit));
        WriteNumber(writer, "deadline"u8, Milliseconds(options.Deadline));
        if (options.Deduplication is { } deduplication)
        {
            DeduplicationJson.Write(writer, deduplication);
        }

        WriteParent(writer, options, prefix);
        if (payloadVersion > 1)
        {
            writer.WriteNumber("payloadVersion"u8, payloadVersion);
        }

        if (traceContext is not null)
        {
            writer.WriteString("tm"u8, traceContext);
        }

        writer.WriteEndObject();
    }

    private static void WriteParent(Utf8JsonWriter writer, JobOptions options, string prefix)
    {
        if (options.Parent is { } parent)
        {
            writer.WriteStartObject("parent"u8);
            writer.WriteString("id"u8, parent.Id.Value);
            writer.WriteString("queue"u8, $"{prefix}:{parent.Queue}");
            writer.WriteEndObject();
        }

        if (ChildFailureNames.Of(options.ChildFailure) is { } failure)
        {
            writer.WriteBoolean(failure, true);
        }
    }

    private static void WriteBackoff(Utf8JsonWriter writer, Backoff? backoff)
    {
        switch (backoff)
        {
            case Backoff.Fixed wait:
                WriteBackoff(writer, "fixed"u8, wait.Delay, wait.Jitter);
                break;
            case Backoff.Exponential wait:
                WriteBackoff(writer, "exponential"u8, wait.Delay, wait.Jitter);
                break;
            case Backoff.Custom custom:
                writer.WriteStartObject("backoff"u8);
                writer.WriteString("type"u8, custom.Type);
                WriteNumber(writer, "delay"u8, Milliseconds(custom.Delay));
                writer.WriteEndObject();
                break;
            case Backoff.Schedule schedule:
                writer.WriteStartObject("backoff"u8);
                writer.WriteString("type"u8, "schedule"u8);
                writer.WriteNumber("delay"u8, (long)schedule.Waits[0].TotalMilliseconds);
                writer.WriteStartArray("waits"u8);
                foreach (var wait in schedule.Waits)
                {
                    writer.WriteNumberValue((long)wait.TotalMilliseconds);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteBackoff(Utf8JsonWriter writer, ReadOnlySpan<byte> type, TimeSpan delay, double jitter)
    {
        writer.WriteStartObject("backoff"u8);
        writer.WriteString("type"u8, type);
        writer.WriteNumber("delay"u8, (long)delay.TotalMilliseconds);
        if (jitter > 0)
        {
            writer.WriteNumber("jitter"u8, jitter);
        }

        writer.WriteEndObject();
    }

    private static void WriteRetention(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JobRetention? retention)
    {
        switch (retention)
        {
            case null:
                break;
            case { Age: { } age }:
                writer.WriteStartObject(name);
                writer.WriteNumber("age"u8, (long)Math.Ceiling(age.TotalSeconds));
                WriteNumber(writer, "count"u8, retention.Count);
                WriteNumber(writer, "limit"u8, retention.Limit);
                writer.WriteEndObject();
                break;
            case { Count: 0 }:
                writer.WriteBoolean(name, true);
                break;
            case { Count: { } count }:
                writer.WriteNumber(name, count);
                break;
            default:
                writer.WriteBoolean(name, false);
                break;
        }
    }

    private static long? Milliseconds(TimeSpan? time) => time is { } value ? (long)value.TotalMilliseconds : null;

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
