using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Reads entries of the event stream, whichever client wrote them. What is unknown or misses a part is custom.</summary>
internal static class EventEntry
{
    /// <summary>The names of the events that BullMQ writes itself.</summary>
    public static IReadOnlySet<string> OwnNames { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "added", "waiting", "delayed", "waiting-children", "active", "progress", "completed", "failed", "retries-exhausted",
        "stalled", "removed", "duplicated", "deduplicated", "debounced", "drained", "cleaned", "paused", "resumed",
    };

    public static string PositionOf(RedisResult entry) => (string)((RedisResult[])entry!)[0]!;

    public static JobEvent Read(RedisResult entry)
    {
        var parts = (RedisResult[])entry!;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = (RedisValue[])parts[1]!;
        for (var index = 0; index + 1 < values.Length; index += 2)
        {
            fields[values[index]!] = values[index + 1]!;
        }

        fields.Remove("event", out var name);
        return Read(name ?? "", fields) with { Position = (string)parts[0]! };
    }

    private static JobEvent Read(string name, Dictionary<string, string> fields)
    {
        var id = fields.GetValueOrDefault("jobId") is { Length: > 0 } text ? JobId.Parse(text) : (JobId?)null;
        return (name, id) switch
        {
            ("added", { } job) => new JobEvent.Added(job, fields.GetValueOrDefault("name", "")),
            ("waiting", { } job) => new JobEvent.Waiting(job, From(fields)),
            ("delayed", { } job) => new JobEvent.Delayed(job, Time(fields.GetValueOrDefault("delay"))),
            ("waiting-children", { } job) => new JobEvent.WaitingForChildren(job),
            ("active", { } job) => new JobEvent.Active(job),
            ("progress", { } job) => new JobEvent.Progress(job, fields.GetValueOrDefault("data", "null")),
            ("completed", { } job) => new JobEvent.Completed(job, fields.GetValueOrDefault("returnvalue", "null")),
            ("failed", { } job) => new JobEvent.Failed(job, fields.GetValueOrDefault("failedReason", "")),
            ("retries-exhausted", { } job) => new JobEvent.RetriesExhausted(job, (int)Number(fields.GetValueOrDefault("attemptsMade"))),
            ("stalled", { } job) => new JobEvent.Stalled(job),
            ("removed", { } job) => new JobEvent.Removed(job, From(fields)),
            ("duplicated", { } job) => new JobEvent.Duplicated(job),
            ("deduplicated", { } job) => new JobEvent.Deduplicated(
                job,
                fields.GetValueOrDefault("deduplicationId", ""),
                fields.GetValueOrDefault("deduplicatedJobId") is { Length: > 0 } other ? JobId.Parse(other) : null),
            ("drained", _) => new JobEvent.Drained(),
            ("cleaned", _) => new JobEvent.Cleaned(Number(fields.GetValueOrDefault("count"))),
            ("paused", _) => new JobEvent.Paused(),
            ("resumed", _) => new JobEvent.Resumed(),
            _ => new JobEvent.Custom(name, fields),
        };
    }

    private static JobState From(Dictionary<string, string> fields) => fields.GetValueOrDefault("prev") switch
    {
        "wait" or "waiting" or "paused" => JobState.Waiting,
        "delayed" => JobState.Delayed,
        "prioritized" => JobState.Prioritized,
        "active" => JobState.Active,
        "waiting-children" => JobState.WaitingChildren,
        "completed" => JobState.Completed,
        "failed" => JobState.Failed,
        _ => JobState.Unknown,
    };

    private static DateTimeOffset Time(string? ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Number(ms), 0, 253_402_300_799_999));

    private static long Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? (long)number
            : 0;
}
