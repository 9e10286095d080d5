using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail;

/// <summary>Brings the host's own jobs to their queues after the commit, and forgets them when they have ended.</summary>
internal sealed class JobOutboxSweeper(
    JobOutboxes outboxes, JobSteps steps, CommitSignal signal, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        long? sweptAt = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (sweptAt is null || clock.GetElapsedTime(sweptAt.Value) >= JobOutboxes.SweepInterval)
                {
                    await SweepAsync(stoppingToken).ConfigureAwait(false);
                    sweptAt = clock.GetTimestamp();
                }

                foreach (var queue in await outboxes.QueuesAsync(onlyDue: true, stoppingToken).ConfigureAwait(false))
                {
                    await outboxes.DrainAsync(queue, stoppingToken).ConfigureAwait(false);
                }

                var left = JobOutboxes.SweepInterval - clock.GetElapsedTime(sweptAt.Value);
                await signal.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (fault is JobQueueException or StoreUnavailableException)
                {
                    logger.OutboxBlocked("own jobs", fault.Message, Pause.TotalMilliseconds);
                }
                else
                {
                    logger.SweepFailed("own jobs", Pause.TotalMilliseconds, fault);
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
        foreach (var queue in await outboxes.QueuesAsync(onlyDue: false, stopping).ConfigureAwait(false))
        {
            await outboxes.SweepAsync(queue, stopping).ConfigureAwait(false);
        }

        await steps.CleanAsync(stopping).ConfigureAwait(false);
    }
}
