using Jamail.Webhooks;

namespace Jamail.AspNetCore;

internal sealed record StatsView(
    DateTimeOffset Since,
    string Status,
    IReadOnlyDictionary<string, long> Deliveries,
    long Attempts,
    long Successes,
    double? SuccessRate,
    long? MedianMs,
    long? P95Ms,
    DateTimeOffset? FailingSince,
    DateTimeOffset? NextAttemptAt)
{
    public static StatsView Of(WebhookStats stats) => new(
        stats.Since,
        WireNames.Of(stats.Status),
        stats.Deliveries.ToDictionary(count => WireNames.Of(count.Key), count => count.Value),
        stats.Attempts,
        stats.Successes,
        stats.SuccessRate,
        stats.MedianMs,
        stats.P95Ms,
        stats.FailingSince,
        stats.NextAttemptAt);
}
