using System.Text;

namespace Jamail.Queueing;

/// <summary>Outcome of an attempt to what becomes of the job.</summary>
/// <param name="keepCompleted">For completed jobs that do not say themselves how long they stay.</param>
/// <param name="keepFailed">The same for failed ones.</param>
/// <param name="random">For the jitter of back-offs.</param>
/// <param name="maxStartedAttempts">How often a job may be started in all; null for no limit.</param>
/// <param name="strategies">Back-offs of the host's own, by type.</param>
internal sealed class SettlementRules(
    KeepJobs keepCompleted,
    KeepJobs keepFailed,
    Func<double> random,
    int? maxStartedAttempts = null,
    BackoffStrategies? strategies = null)
{
    private const int PendingChildren = -4;
    private const int FailedChildren = -9;

    public Settlement Completed(RunningJob job, object? result) => new()
    {
        Kind = SettlementKind.Completed,
        JobId = job.Stored.Id,
        Token = job.Token,
        Value = JobPayloadJson.EncodeResult(result),
        Keep = job.Options.RemoveOnComplete ?? keepCompleted,
        Attempts = job.Options.Attempts,
    };

    public static Settlement Postponed(RunningJob job, TimeSpan wait) => new()
    {
        Kind = SettlementKind.Delayed,
        JobId = job.Stored.Id,
        Token = job.Token,
        DelayMs = Math.Max(0, (long)Math.Ceiling(wait.TotalMilliseconds)),
    };

    public static Settlement Returned(RunningJob job) => new()
    {
        Kind = SettlementKind.Returned,
        JobId = job.Stored.Id,
        Token = job.Token,
    };

    /// <summary>Whether the job has been started more often than it may.</summary>
    public bool IsStartedTooOften(StoredJob job) => job.AttemptsStarted > maxStartedAttempts;

    public static Settlement WaitsForChildren(RunningJob job) => new()
    {
        Kind = SettlementKind.WaitsForChildren,
        JobId = job.Stored.Id,
        Token = job.Token,
    };

    /// <summary>Failed for good.</summary>
    public Settlement Abandoned(RunningJob job, string reason) => Final(job, FailureText.Reason(reason), null);

    /// <summary>Cancelled while it ran: failed for good, or gone.</summary>
    public Settlement Cancelled(RunningJob job)
    {
        var reason = FailureText.Reason(Cancellation.FailedReason(job.Cancellation?.Reason ?? ""));
        var settlement = Final(job, reason, null);
        return job.Cancellation?.Then == AfterCancel.Remove ? settlement with { Keep = new KeepJobs(0, null, null) } : settlement;
    }

    /// <summary>Failed by an exception: tried again if attempts are left.</summary>
    public Settlement Failed(RunningJob job, Exception exception, bool isFinal) =>
        Failed(job, FailureText.Reason(exception), exception.ToString(), isFinal, exception);

    /// <summary>Failed: tried again if attempts are left, by BullMQ's rule.</summary>
    public Settlement Failed(RunningJob job, string reason, string? trace, bool isFinal, Exception? exception = null)
    {
        var options = job.Options;
        var attempt = job.Stored.AttemptsMade + 1;
        if (isFinal || attempt >= options.Attempts || job.Stored.AttemptsStarted >= maxStartedAttempts)
        {
            return Final(job, reason, trace);
        }

        if (RetryDelay.Milliseconds(options.Backoff, attempt, random) is not { } delay)
        {
            var (wait, note) = (strategies ?? BackoffStrategies.None).Wait(job, reason, exception);
            if (wait is null)
            {
                return Final(job, note is null ? reason : $"{reason} ({note})", trace);
            }

            delay = wait.Value;
        }

        return new Settlement
        {
            Kind = delay > 0 ? SettlementKind.Delayed : SettlementKind.Retried,
            JobId = job.Stored.Id,
            Token = job.Token,
            DelayMs = delay,
            CountsAttempt = true,
            Lifo = options.Lifo,
            Attempts = options.Attempts,
            FailedReason = reason,
            StackTraceJson = Traces(job, trace),
        };
    }

    /// <summary>What to settle instead of an outcome that Redis refused; null when there is nothing to be done.</summary>
    public Settlement? AfterRefusal(RunningJob job, Settlement refused, in SettleReply reply) =>
        (refused.Kind, reply.Code) switch
        {
            (SettlementKind.Completed or SettlementKind.WaitsForChildren, FailedChildren) =>
                Abandoned(job, "The job cannot complete: at least one of its children failed."),
            (SettlementKind.Completed, PendingChildren) =>
                Failed(job, "The job cannot complete: it has unfinished children.", null, isFinal: false),

            // The last child finished between the processor's look and the settling.
            (SettlementKind.WaitsForChildren, FinishJobs.NothingToWaitFor) => Returned(job),
            _ => null,
        };

    private Settlement Final(RunningJob job, string reason, string? trace) => new()
    {
        Kind = SettlementKind.Failed,
        JobId = job.Stored.Id,
        Token = job.Token,
        Value = Encoding.UTF8.GetBytes(reason),
        Keep = job.Options.RemoveOnFail ?? keepFailed,
        Attempts = job.Options.Attempts,
        FailedReason = reason,
        StackTraceJson = Traces(job, trace ?? reason),
    };

    private static string? Traces(RunningJob job, string? trace) =>
        trace is null
            ? null
            : FailureText.WithTrace(job.Stored.StackTraceJson, trace, job.Options.StackTraceLimit);
}
