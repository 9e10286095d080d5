using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jamail.Queueing;

/// <summary>The options of a scheduler's jobs. What is not ours to know, another client's members, goes on from job to job.</summary>
internal sealed class IterationOptions
{
    private readonly JsonObject _options;
    private readonly JsonObject _repeat;

    private IterationOptions(JsonObject options, JsonObject repeat)
    {
        _options = options;
        _repeat = repeat;
    }

    /// <summary>Which of the scheduler's jobs this is, counting from 1.</summary>
    public long Count => (long)(Number("count") ?? 0);

    public long? Limit => (long?)Number("limit");

    public long? EndMs => LenientText.Time(Text("endDate"));

    public double? EveryMs => Number("every");

    public string? Pattern => Text("pattern") is { Length: > 0 } pattern ? pattern : null;

    public string? TimeZone => Text("tz") is { Length: > 0 } zone ? zone : null;

    /// <summary>When the job itself was due, for cron patterns.</summary>
    public long? PreviousMs => _options["prevMillis"] is JsonValue value ? LenientText.Time(value.ToString()) : null;

    /// <summary>Those of a job that a scheduler made; null when its options say nothing of a scheduler.</summary>
    public static IterationOptions? Read(ReadOnlySpan<byte> json) =>
        !json.IsEmpty && JsonNode.Parse(json) is JsonObject options && options["repeat"] is JsonObject repeat
            ? new IterationOptions(options, repeat)
            : null;

    /// <summary>Those of a job made from a scheduler's record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="count">Which of the scheduler's jobs it is.</param>
    public static IterationOptions Of(SchedulerRecord record, long count)
    {
        var options = record.Template is { } template && JsonNode.Parse(template) is JsonObject given ? given : [];
        var repeat = new JsonObject();
        Set(repeat, "every", record.EveryMs);
        Set(repeat, "pattern", record.Pattern);
        Set(repeat, "tz", record.TimeZone);
        Set(repeat, "limit", record.Limit);
        Set(repeat, "offset", record.EveryMs is null ? null : record.OffsetMs);
        Set(repeat, "startDate", record.StartMs);
        Set(repeat, "endDate", record.EndMs);
        repeat["count"] = count;
        options["repeat"] = repeat;
        options["repeatJobKey"] = record.Id;
        return new IterationOptions(options, repeat);
    }

    /// <summary>For the job after this one.</summary>
    public void Advance() => _repeat["count"] = Count + 1;

    /// <param name="nextMs">When the job is due; null where the script reckons it.</param>
    /// <param name="nowMs">Now.</param>
    public byte[] Pack(long? nextMs, long nowMs)
    {
        Date(nextMs, nowMs);
        return PackedJson.Pack(JsonSerializer.SerializeToElement(_options));
    }

    /// <summary>As <see cref="Pack"/>, for updateSchedulers, which does not read JSON.</summary>
    public StepOptions ForStep(long? nextMs, long nowMs)
    {
        Date(nextMs, nowMs);
        _options.Remove("delay");
        _options.Remove("jobId");
        var json = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(json, new() { Encoder = JobPayloadJson.Options.Encoder }))
        {
            _options.WriteTo(writer);
        }

        return new StepOptions(
            json.WrittenMemory[..^1],
            EveryMs is null ? null : Text("every"),
            Number("offset") is null ? null : Text("offset"),
            (int)(LenientText.Number(TextOf(_options["priority"])) ?? 0),
            _options["lifo"] is JsonValue lifo && lifo.GetValueKind() == JsonValueKind.True,
            (_options["de"] as JsonObject)?["id"] is JsonValue id ? TextOf(id) : null);
    }

    private void Date(long? nextMs, long nowMs)
    {
        _options["timestamp"] = nowMs;
        if (nextMs is { } next && Pattern is not null)
        {
            _options["prevMillis"] = next;
        }
    }

    private static void Set(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }

    private double? Number(string name) => LenientText.Number(Text(name));

    private string? Text(string name) => TextOf(_repeat[name]);

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
}
