using System.Text.Json;
using System.Text.Json.Serialization;
using Jamail.Queueing;

namespace Jamail;

/// <summary>Options of a job as a row keeps them until the job is added.</summary>
internal static class JobOptionsText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new IdConverter(), new QueueConverter(), new RetentionConverter(), new BackoffConverter() },
    };

    public static string Write(JobOptions options) => JsonSerializer.Serialize(options, Json);

    public static JobOptions Read(string text) => JsonSerializer.Deserialize<JobOptions>(text, Json)!;

    private sealed class IdConverter : JsonConverter<JobId>
    {
        public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JobId.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class QueueConverter : JsonConverter<QueueName>
    {
        public override QueueName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, QueueName value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed record StoredRetention(int? Count, TimeSpan? Age, int? Limit);

    private sealed class RetentionConverter : JsonConverter<JobRetention>
    {
        public override JobRetention Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<StoredRetention>(ref reader, options) switch
            {
                { Age: { } age } stored => JobRetention.For(age, stored.Count, stored.Limit),
                { Count: { } count } => JobRetention.Newest(count),
                _ => JobRetention.Forever,
            };

        public override void Write(Utf8JsonWriter writer, JobRetention value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new StoredRetention(value.Count, value.Age, value.Limit), options);
    }

    private sealed record StoredBackoff(string Type, IReadOnlyList<TimeSpan> Waits, double Jitter, string? Name = null);

    private sealed class BackoffConverter : JsonConverter<Backoff>
    {
        public override Backoff Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var stored = JsonSerializer.Deserialize<StoredBackoff>(ref reader, options)!;
            return stored.Type switch
            {
                nameof(Backoff.Fixed) => new Backoff.Fixed(stored.Waits[0], stored.Jitter),
                nameof(Backoff.Exponential) => new Backoff.Exponential(stored.Waits[0], stored.Jitter),
                nameof(Backoff.Schedule) => new Backoff.Schedule(stored.Waits),
                nameof(Backoff.Custom) => new Backoff.Custom(stored.Name!, stored.Waits.Count == 0 ? null : stored.Waits[0]),
                _ => throw new JsonException($"The stored back-off '{stored.Type}' is none that this version knows."),
            };
        }

        public override void Write(Utf8JsonWriter writer, Backoff value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(
                writer,
                value switch
                {
                    Backoff.Fixed wait => new StoredBackoff(nameof(Backoff.Fixed), [wait.Delay], wait.Jitter),
                    Backoff.Exponential wait => new StoredBackoff(nameof(Backoff.Exponential), [wait.Delay], wait.Jitter),
                    Backoff.Schedule schedule => new StoredBackoff(nameof(Backoff.Schedule), schedule.Waits, 0),
                    Backoff.Custom custom => new StoredBackoff(
                        nameof(Backoff.Custom), custom.Delay is { } delay ? [delay] : [], 0, custom.Type),
                    _ => throw new ArgumentException($"A {value.GetType().Name} cannot be kept in a transaction's row.", nameof(value)),
                },
                options);
    }
}
