using Jamail.Shared;
using Microsoft.Extensions.Logging;

namespace Jamail;

/// <summary>Brings the host's own jobs to their queues after the commit, and forgets them when they have ended.</summary>
internal sealed class JobOutboxSweeper(JobOutboxes outboxes, JobSteps steps, CommitSignal signal, TimeProvider clock, ILogger logger)
    : SweepLoop("own jobs", JobOutboxes.SweepInterval, JobOutboxes.SweepInterval, signal, clock, logger)
{
    protected override async Task SweepAsync(CancellationToken stopping)
    {
        foreach (var queue in await outboxes.QueuesAsync(onlyDue: false, stopping).ConfigureAwait(false))
        {
            await outboxes.SweepAsync(queue, stopping).ConfigureAwait(false);
        }

        await steps.CleanAsync(stopping).ConfigureAwait(false);
    }

    protected override async Task DrainAsync(CancellationToken stopping)
    {
        foreach (var queue in await outboxes.QueuesAsync(onlyDue: true, stopping).ConfigureAwait(false))
        {
            await outboxes.DrainAsync(queue, stopping).ConfigureAwait(false);
        }
    }
}
