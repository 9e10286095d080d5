using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jamail.Queueing;

/// <summary>Runs one attempt of a job of one queue and says how it is to be settled.</summary>
internal sealed class JobRunner(
    QueueName queue,
    ProcessorMap processors,
    SettlementRules rules,
    IServiceScopeFactory scopes,
    Maintenance maintenance,
    TimeSpan lockMargin,
    TimeProvider clock,
    ILogger logger)
{
    private readonly long _lockMargin = (long)(lockMargin.TotalSeconds * clock.TimestampFrequency);

    public QueueName Queue => queue;

    /// <summary>Takes what became of a job; set by the dispatcher.</summary>
    public Action<RunningJob, Settlement> Finished { get; set; } = (_, _) => { };

    /// <summary>Whether the lock still holds, with the margin that a processor needs to stop.</summary>
    public bool IsBefore(long heldUntil) => clock.GetTimestamp() < heldUntil - _lockMargin;

    public async Task RunAsync(RunningJob job)
    {
        var started = clock.GetTimestamp();
        Settlement settlement;
        try
        {
            settlement = await AttemptAsync(job, started).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.JobRunFaulted(exception, queue.Value, job.Stored.Id);
            settlement = rules.Failed(job, exception, isFinal: false);
        }

        Finished(job, settlement);
    }

    public async Task ReportProgressAsync(string jobId, byte[] json, CancellationToken cancellationToken)
    {
        await maintenance.UpdateProgressAsync(jobId, json).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task LogAsync(string jobId, string row, int? keep, CancellationToken cancellationToken)
    {
        await maintenance.AddLogAsync(jobId, row, keep).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<Settlement> AttemptAsync(RunningJob job, long started)
    {
        var stored = job.Stored;
        try
        {
            job.Options = JobRunOptions.Read(stored.Options);
        }
        catch (System.Text.Json.JsonException exception)
        {
            return Failed(job, $"The job's stored options are not JSON: {exception.Message}");
        }

        if (stored.DeferredFailure is { } deferred)
        {
            return Failed(job, deferred);
        }

        if (processors.Find(stored.Name ?? "") is not { } processor)
        {
            return Failed(job, processors.Unknown(stored.Name ?? "", queue));
        }

        JobOutcome outcome;
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                outcome = await processor.RunAsync(scope.ServiceProvider, job, job.Stopping).ConfigureAwait(false);
            }
        }
        catch (PayloadShapeException exception)
        {
            return Failed(job, exception.Message);
        }
        catch (Exception exception)
        {
            return OfException(job, exception);
        }

        if (outcome is JobOutcome.Completed completed)
        {
            logger.JobCompleted(
                queue.Value,
                stored.Name ?? "",
                stored.Id,
                stored.AttemptsMade + 1,
                clock.GetElapsedTime(started).TotalMilliseconds);
            return rules.Completed(job, completed.Result);
        }

        return OfOutcome(job, outcome);
    }

    private Settlement OfOutcome(RunningJob job, JobOutcome? outcome)
    {
        switch (outcome)
        {
            case JobOutcome.Postponed postponed:
                return SettlementRules.Postponed(job, postponed.Wait);
            case JobOutcome.Returned:
                logger.JobReturned(queue.Value, job.Stored.Name ?? "", job.Stored.Id, "its processor asked for it");
                return SettlementRules.Returned(job);
            case JobOutcome.Abandoned abandoned:
                return Failed(job, abandoned.Reason);
            case JobOutcome.WaitingForChildren:
                return Failed(job, "The processor answered WaitingForChildren, but this version has no flows.");
            default:
                return Failed(job, "The processor returned no outcome; return new JobOutcome.Completed() when the job is done.");
        }
    }

    // Once the token has fired, a failure says nothing about the job: it goes back and costs no attempt.
    private Settlement OfException(RunningJob job, Exception exception)
    {
        if (job.StopReason != StopReason.None)
        {
            logger.JobReturned(queue.Value, job.Stored.Name ?? "", job.Stored.Id, job.StopReason.ToString());
            return SettlementRules.Returned(job);
        }

        var settlement = rules.Failed(job, exception, isFinal: false);
        if (settlement.Kind == SettlementKind.Failed)
        {
            logger.JobFailed(
                exception,
                queue.Value,
                job.Stored.Name ?? "",
                job.Stored.Id,
                job.Stored.AttemptsMade + 1,
                settlement.FailedReason ?? "");
        }
        else
        {
            logger.JobRetried(
                exception,
                queue.Value,
                job.Stored.Name ?? "",
                job.Stored.Id,
                job.Stored.AttemptsMade + 1,
                job.Options.Attempts,
                settlement.DelayMs);
        }

        return settlement;
    }

    private Settlement Failed(RunningJob job, string reason)
    {
        logger.JobFailed(
            null, queue.Value, job.Stored.Name ?? "", job.Stored.Id, job.Stored.AttemptsMade + 1, reason);
        return rules.Abandoned(job, reason);
    }
}
