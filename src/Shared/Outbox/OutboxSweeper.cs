using Jamail.Queueing;
using Microsoft.Extensions.Logging;

namespace Jamail.Shared;

/// <summary>Keeps rows and queue in step, in every host, whether it works the queue or only adds to it.</summary>
internal sealed class OutboxSweeper<TRow>(
    Outbox<TRow> outbox,
    OverdueRows<TRow> overdue,
    FinishedElsewhere<TRow>? finished,
    IOutboxStore<TRow> rows,
    CommitSignal signal,
    OutboxSettings settings,
    QueueName queue,
    TimeProvider clock,
    ILogger logger)
    : SweepLoop(queue.Value, settings.SweepInterval, finished is null ? settings.SweepInterval : EventInterval, signal, clock, logger)
    where TRow : OutboxRow
{
    private static readonly TimeSpan EventInterval = TimeSpan.FromMilliseconds(500);
    private readonly TimeProvider _clock = clock;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        await CatchUpAsync(stopping).ConfigureAwait(false);
        if (finished is not null)
        {
            await finished.SaveAsync(stopping).ConfigureAwait(false);
        }

        await outbox.CompareEpochAsync(stopping).ConfigureAwait(false);
        await overdue.CheckAsync(stopping).ConfigureAwait(false);
        await rows.CleanAsync(_clock.UnixMs(), stopping).ConfigureAwait(false);
    }

    protected override async Task DrainAsync(CancellationToken stopping)
    {
        await CatchUpAsync(stopping).ConfigureAwait(false);
        await outbox.DrainAsync(stopping).ConfigureAwait(false);
    }

    private Task CatchUpAsync(CancellationToken stopping) => finished?.CatchUpAsync(stopping) ?? Task.CompletedTask;
}
