using System.Text.Json.Nodes;
using Jamail.Queueing;

namespace Jamail.AspNetCore;

internal sealed record SchedulerView(
    string Id,
    string Name,
    string? Pattern,
    string? TimeZone,
    double? EveryMs,
    double? OffsetMs,
    DateTimeOffset? StartAt,
    DateTimeOffset? EndAt,
    int? Limit,
    long Runs,
    string NextJobId,
    IReadOnlyList<DateTimeOffset> NextRuns,
    JsonNode? Data,
    JsonNode? Options)
{
    private const int ShownRuns = 5;

    public static SchedulerView Of(JobScheduler scheduler)
    {
        var cron = scheduler.Schedule as JobSchedule.Cron;
        var every = scheduler.Schedule as JobSchedule.Every;
        return new SchedulerView(
            scheduler.Id,
            scheduler.Name,
            cron?.Pattern,
            cron?.TimeZone,
            every?.Interval.TotalMilliseconds,
            every?.Offset?.TotalMilliseconds,
            scheduler.Schedule?.StartAt,
            scheduler.Schedule?.EndAt,
            scheduler.Schedule?.Limit,
            scheduler.Runs,
            scheduler.Next.JobId.Value,
            scheduler.Preview(ShownRuns),
            MaskedJson.Read(scheduler.Data),
            MaskedJson.Read(scheduler.Options));
    }
}
