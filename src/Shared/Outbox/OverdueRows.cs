using Jamail.Queueing;
using Microsoft.Extensions.Logging;

namespace Jamail.Shared;

/// <summary>Asks the queue what became of jobs that should long have ended, and settles their rows by the answer.</summary>
internal sealed class OverdueRows<TRow>(
    IOutboxStore<TRow> rows, IJobQueueInspector inspector, OutboxSettings settings, TimeProvider clock, ILogger logger)
    where TRow : OutboxRow
{
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.UnixMs();
            var overdue = await rows.LeaseOverdueAsync(
                OutboxSettings.PageSize, now, now + (long)settings.CheckAfter.TotalMilliseconds, cancellationToken).ConfigureAwait(false);
            var findings = await Task.WhenAll(overdue.Select(row => FindAsync(row, cancellationToken))).ConfigureAwait(false);
            var known = findings.OfType<OutboxFinding>().ToList();
            if (known.Count > 0)
            {
                await rows.SettleAsync(known, now, cancellationToken).ConfigureAwait(false);
            }

            if (overdue.Count < OutboxSettings.PageSize)
            {
                return;
            }
        }
    }

    /// <returns>Null when the job lives.</returns>
    private async Task<OutboxFinding?> FindAsync(TRow row, CancellationToken cancellationToken)
    {
        var id = row.JobId(settings.JobPrefix);
        var job = await inspector.TryGetJobAsync(id, cancellationToken).ConfigureAwait(false);
        var finding = job switch
        {
            { State: JobState.Completed } => new OutboxFinding(row.Id, OutboxFindingKind.Completed, At(job)),
            { State: JobState.Failed } => new OutboxFinding(
                row.Id,
                row.IsClaimed ? OutboxFindingKind.Unknown : OutboxFindingKind.Failed,
                At(job),
                job.FailedReason ?? "The job failed without a reason."),
            { State: not JobState.Unknown } => null,
            _ when row.IsClaimed => new OutboxFinding(row.Id, OutboxFindingKind.Unknown, clock.UnixMs()),
            null when settings.OthersWork => new OutboxFinding(row.Id, OutboxFindingKind.Unknown, clock.UnixMs()),
            _ => new OutboxFinding(row.Id, OutboxFindingKind.Lost, clock.UnixMs()),
        };
        if (job is { State: JobState.Unknown })
        {
            // In no list: nobody will ever take it, and its hash would swallow an add under the same id.
            await inspector.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        }

        if (finding is not null)
        {
            logger.Settled(inspector.Name.Value, id.Value, job?.State.ToString() ?? "gone", finding.Kind.ToString());
        }

        return finding;
    }

    private long At(JobDetails job) => (job.FinishedOn ?? clock.GetUtcNow()).ToUnixTimeMilliseconds();
}
