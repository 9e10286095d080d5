using System.Text.Json;

namespace Jamail.Interop.Tests.Scheduling;

/// <summary>One question for both cron parsers.</summary>
internal sealed record CronAsk(string Pattern, string TimeZone, DateTimeOffset From, int Count)
{
    public object[] Wire => [Pattern, TimeZone, From.ToUnixTimeMilliseconds(), Count];

    public static long[]? Read(JsonElement times) =>
        times.ValueKind == JsonValueKind.Null ? null : [.. times.EnumerateArray().Select(time => time.GetInt64())];
}
