using Jamail.Queueing;
using Microsoft.Extensions.Hosting;
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
    ILogger logger) : BackgroundService
    where TRow : OutboxRow
{
    private static readonly TimeSpan EventInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        long? sweptAt = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (sweptAt is null || clock.GetElapsedTime(sweptAt.Value) >= settings.SweepInterval)
                {
                    await SweepAsync(stoppingToken).ConfigureAwait(false);
                    sweptAt = clock.GetTimestamp();
                }

                await CatchUpAsync(stoppingToken).ConfigureAwait(false);
                await outbox.DrainAsync(stoppingToken).ConfigureAwait(false);
                await signal.WaitAsync(Limit(sweptAt.Value), clock, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (fault is JobQueueException or StoreUnavailableException)
                {
                    logger.OutboxBlocked(queue.Value, fault.Message, Pause.TotalMilliseconds);
                }
                else
                {
                    logger.SweepFailed(queue.Value, Pause.TotalMilliseconds, fault);
                }

                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        await CatchUpAsync(stopping).ConfigureAwait(false);
        if (finished is not null)
        {
            await finished.SaveAsync(stopping).ConfigureAwait(false);
        }

        await outbox.CompareEpochAsync(stopping).ConfigureAwait(false);
        await overdue.CheckAsync(stopping).ConfigureAwait(false);
        await rows.CleanAsync(clock.UnixMs(), stopping).ConfigureAwait(false);
    }

    private Task CatchUpAsync(CancellationToken stopping) => finished?.CatchUpAsync(stopping) ?? Task.CompletedTask;

    private TimeSpan Limit(long sweptAt)
    {
        var left = settings.SweepInterval - clock.GetElapsedTime(sweptAt);
        return left < TimeSpan.Zero ? TimeSpan.Zero
            : finished is not null && left > EventInterval ? EventInterval
            : left;
    }
}
