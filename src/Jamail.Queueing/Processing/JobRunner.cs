using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jamail.Queueing;

/// <summary>Runs one attempt of a job of one queue and says how it is to be settled.</summary>
internal sealed class JobRunner(
    WorkerContext context,
    ProcessorMap processors,
    ProcessPipeline pipeline,
    SettlementRules rules,
    IServiceScopeFactory scopes,
    SchedulerChain chain,
    Limits limits,
    JobFamily family)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly long _lockMargin = context.Ticks(context.Options.LockDuration * LockRenewer.Margin);
    private readonly Maintenance _maintenance = new(context.Scripts, context.Keys);
    private readonly ILogger _logger = context.Logger;
    private readonly QueueName _queue = context.Queue;

    public QueueName Queue => _queue;

    public JobFamily Family => family;

    /// <summary>Takes what became of a job; set by the dispatcher.</summary>
    public Action<RunningJob, Settlement> Finished { get; set; } = (_, _) => { };

    /// <summary>Takes for how long the worker is to take no job; set by the dispatcher.</summary>
    public Action<TimeSpan> Held { get; set; } = _ => { };

    /// <summary>Whether the lock still holds, with the margin that a processor needs to stop.</summary>
    public bool IsBefore(long heldUntil) => context.Clock.GetTimestamp() < heldUntil - _lockMargin;

    public async Task RunAsync(RunningJob job)
    {
        using var scope = _logger.BeginScope(new JobScope(_queue.Value, job.Stored.Id));
        var started = context.Clock.GetTimestamp();
        Activity? span = null;
        Settlement settlement;
        try
        {
            var unfit = WhyNotToRun(job);
            if (job.Stored.RepeatJobKey is not null)
            {
                await ContinueScheduleAsync(job).ConfigureAwait(false);
            }

            if (unfit is not null)
            {
                settlement = unfit;
            }
            else
            {
                context.Metrics.Started(job, _queue.Value);
                span = context.Tracing.StartAttempt(job, _queue);
                settlement = await AttemptAsync(job, started).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            _logger.JobRunFaulted(exception, _queue.Value, job.Stored.Id);
            settlement = rules.Failed(job, exception, isFinal: false);
        }

        context.Metrics.Ran(job, _queue.Value, settlement, context.Clock.GetElapsedTime(started));
        QueueingTracing.End(span, job, settlement);
        Finished(job, settlement);
    }

    public async Task ReportProgressAsync(string jobId, byte[] json, CancellationToken cancellationToken)
    {
        await _maintenance.UpdateProgressAsync(jobId, json).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task LogAsync(string jobId, string row, int? keep, CancellationToken cancellationToken)
    {
        await _maintenance.AddLogAsync(jobId, row, keep).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a job's options, and says how it is to be settled when it must not be run; null when it may.</summary>
    public Settlement? WhyNotToRun(RunningJob job)
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

        if (rules.IsStartedTooOften(stored))
        {
            return Failed(job, "job started more than allowable limit");
        }

        if (JobWatch.IsTooLate(job, context.Clock))
        {
            return Failed(job, JobWatch.TooLate(job) + " It was not started any more.");
        }

        return null;
    }

    /// <summary>What an outcome means for a job that was fetched by hand.</summary>
    public async Task<Settlement> SettlementOfAsync(RunningJob job, JobOutcome outcome) => outcome switch
    {
        JobOutcome.Completed completed => rules.Completed(job, completed.Result),
        JobOutcome.RateLimited limited => OfOutcome(job, await HoldAsync(limited).ConfigureAwait(false)),
        _ => OfOutcome(job, outcome),
    };

    /// <summary>What an exception means for a job.</summary>
    public Settlement SettlementOf(RunningJob job, Exception exception) => OfException(job, exception);

    /// <summary>Adds the next job of the scheduler that made this one. Whatever happens to the schedule, the job itself is run.</summary>
    public async Task ContinueScheduleAsync(RunningJob job)
    {
        try
        {
            await chain.ContinueAsync(job.Stored).WaitAsync(Patience, context.Clock).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _logger.SchedulerFailed(exception, _queue.Value, job.Stored.RepeatJobKey ?? "");
        }
    }

    private async Task<Settlement> AttemptAsync(RunningJob job, long started)
    {
        var stored = job.Stored;
        if (processors.Find(stored.Name ?? "") is not { } processor)
        {
            return Failed(job, processors.Unknown(stored.Name ?? "", _queue));
        }

        JobOutcome outcome;
        Task<JobOutcome> attempt;
        using var watch = JobWatch.Start(job, context.Clock);
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                attempt = pipeline.RunAsync(scope.ServiceProvider, processor, job, job.Stopping);

                // Not thrown again here: it costs as much as the whole attempt, and its trace would end in frames of ours.
                await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (attempt.Exception?.InnerException is { } fault)
            {
                return OfFault(job, fault);
            }

            outcome = attempt.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            return OfFault(job, exception);
        }

        if (outcome is JobOutcome.Completed completed)
        {
            _logger.JobCompleted(
                _queue.Value,
                stored.Name ?? "",
                stored.Id,
                stored.AttemptsMade + 1,
                context.Clock.GetElapsedTime(started).TotalMilliseconds);
            return rules.Completed(job, completed.Result);
        }

        if (outcome is JobOutcome.RateLimited limited)
        {
            outcome = await HoldAsync(limited).ConfigureAwait(false);
        }

        return OfOutcome(job, outcome);
    }

    private Settlement OfFault(RunningJob job, Exception fault) =>
        fault is PayloadShapeException shape ? Failed(job, shape.Message) : OfException(job, fault);

    /// <summary>Holds jobs back before the job that met the limit is put back: nobody is to take it at once.</summary>
    private async Task<JobOutcome> HoldAsync(JobOutcome.RateLimited limited)
    {
        if (RateLimitRules.HoldRefusal(limited.Wait) is { } refusal)
        {
            return new JobOutcome.Abandoned($"The processor answered RateLimited, but: {refusal}");
        }

        Held(limited.Wait);
        try
        {
            await limits.HoldAsync(limited.Wait).WaitAsync(Patience, context.Clock).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _logger.HoldFailed(exception, _queue.Value);
        }

        return limited;
    }

    private Settlement OfOutcome(RunningJob job, JobOutcome? outcome)
    {
        if (job.StopReason == StopReason.Cancelled)
        {
            return Cancelled(job);
        }

        switch (outcome)
        {
            case JobOutcome.Postponed postponed:
                return SettlementRules.Postponed(job, postponed.Wait);
            case JobOutcome.RateLimited:
                _logger.JobReturned(_queue.Value, job.Stored.Name ?? "", job.Stored.Id, "its processor met a rate limit");
                return SettlementRules.Returned(job);
            case JobOutcome.Returned:
                _logger.JobReturned(_queue.Value, job.Stored.Name ?? "", job.Stored.Id, "its processor asked for it");
                return SettlementRules.Returned(job);
            case JobOutcome.Abandoned abandoned:
                return Failed(job, abandoned.Reason);
            case JobOutcome.WaitingForChildren:
                return SettlementRules.WaitsForChildren(job);
            default:
                return Failed(job, "The processor returned no outcome; return new JobOutcome.Completed() when the job is done.");
        }
    }

    // Once the worker has told it to stop, a failure says nothing about the job: it goes back and costs no attempt.
    private Settlement OfException(RunningJob job, Exception exception)
    {
        if (job.StopReason == StopReason.Cancelled)
        {
            return Cancelled(job);
        }

        if (job.StopReason is not (StopReason.None or StopReason.TimeLimit or StopReason.Deadline))
        {
            _logger.JobReturned(_queue.Value, job.Stored.Name ?? "", job.Stored.Id, job.StopReason.ToString());
            return SettlementRules.Returned(job);
        }

        var settlement = job.StopReason switch
        {
            StopReason.TimeLimit => rules.Failed(job, JobWatch.TooLong(job), exception.ToString(), isFinal: false, exception),
            StopReason.Deadline => rules.Failed(job, JobWatch.TooLate(job), exception.ToString(), isFinal: true, exception),
            _ => rules.Failed(job, exception, isFinal: false),
        };
        if (settlement.Kind == SettlementKind.Failed)
        {
            _logger.JobFailed(
                exception,
                _queue.Value,
                job.Stored.Name ?? "",
                job.Stored.Id,
                job.Stored.AttemptsMade + 1,
                settlement.FailedReason ?? "");
        }
        else
        {
            _logger.JobRetried(
                exception,
                _queue.Value,
                job.Stored.Name ?? "",
                job.Stored.Id,
                job.Stored.AttemptsMade + 1,
                job.Options.Attempts,
                settlement.DelayMs);
        }

        return settlement;
    }

    private Settlement Cancelled(RunningJob job)
    {
        _logger.JobCancelled(_queue.Value, job.Stored.Name ?? "", job.Stored.Id);
        return rules.Cancelled(job);
    }

    private Settlement Failed(RunningJob job, string reason)
    {
        _logger.JobFailed(
            null, _queue.Value, job.Stored.Name ?? "", job.Stored.Id, job.Stored.AttemptsMade + 1, reason);
        return rules.Abandoned(job, reason);
    }
}
