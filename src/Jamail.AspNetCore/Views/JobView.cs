using System.Text.Json.Nodes;
using Jamail.Queueing;

namespace Jamail.AspNetCore;

internal sealed record JobView(
    string Id,
    string Name,
    string State,
    JsonNode? Data,
    JsonNode? Options,
    DateTimeOffset Timestamp,
    long DelayMs,
    int Priority,
    int AttemptsMade,
    int AttemptsStarted,
    int StalledCount,
    DateTimeOffset? ProcessedOn,
    DateTimeOffset? FinishedOn,
    string? ProcessedBy,
    JsonNode? ReturnValue,
    string? FailedReason,
    IReadOnlyList<string> StackTraces,
    JsonNode? Progress)
{
    public static JobView Of(JobDetails job) => new(
        job.Id.Value,
        job.Name,
        WireNames.Of(job.State),
        MaskedJson.Read(job.Data),
        MaskedJson.Read(job.Options),
        job.Timestamp,
        (long)job.Delay.TotalMilliseconds,
        job.Priority,
        job.AttemptsMade,
        job.AttemptsStarted,
        job.StalledCount,
        job.ProcessedOn,
        job.FinishedOn,
        job.ProcessedBy,
        MaskedJson.Read(job.ReturnValue),
        job.FailedReason,
        job.StackTraces,
        MaskedJson.Read(job.Progress));
}
