namespace Jamail.Queueing;

/// <summary>Renews and settles jobs that were fetched by hand.</summary>
internal sealed class FetchedJobs(WorkerContext context, JobRunner runner, SettlementRules rules, FetchTerms terms, RedisCalls calls)
{
    private readonly ExtendLocks _extendLocks = new(context.Scripts, context.Keys);
    private readonly SettleOne _settleOne = new(context.Scripts, context.Keys);

    public async Task<bool> RenewAsync(RunningJob job, CancellationToken cancellationToken)
    {
        var sentAt = context.Clock.GetTimestamp();
        var lost = await calls.RunAsync(
            _ => _extendLocks.RunAsync([job.Stored.Id], [job.Token], context.LockDurationMs), cancellationToken).ConfigureAwait(false);
        if (lost.Count > 0)
        {
            job.TryStop(StopReason.LockLost);
            return false;
        }

        job.HeldUntil = context.HeldUntil(sentAt);
        return true;
    }

    public async Task SettleAsync(RunningJob job, Func<JobRunner, Task<Settlement>> outcome, CancellationToken cancellationToken)
    {
        var settlement = await outcome(runner).ConfigureAwait(false);
        while (true)
        {
            var current = settlement;
            var reply = await calls.RunAsync(
                _ => _settleOne.RunAsync(current, context.NowMs, terms), cancellationToken).ConfigureAwait(false);
            if (reply is { Code: >= 0, Fault: null })
            {
                return;
            }

            settlement = rules.AfterRefusal(job, current, reply) ?? throw Refusal(job, reply);
        }
    }

    private JobQueueException Refusal(RunningJob job, SettleReply reply) =>
        reply.Fault is { } fault
            ? new JobQueueException(
                JobQueueError.ScriptFailed,
                $"Settling job '{job.Stored.Id}' of queue '{context.Queue}' failed inside Redis: {fault}",
                context.Queue,
                JobId.Parse(job.Stored.Id))
            : ScriptRunner.Refusal(reply.Code, context.Queue, JobId.Parse(job.Stored.Id));
}
