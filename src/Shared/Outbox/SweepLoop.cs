using Jamail.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail.Shared;

/// <summary>
/// Until the host stops: a sweep over all rows at each interval, and what is due as soon as a commit is told. A fault is logged and all goes
/// on after a pause.
/// </summary>
/// <param name="subject">Whose rows they are, for the log.</param>
/// <param name="sweepInterval">How long from one sweep to the next.</param>
/// <param name="longestWait">How long to wait for a commit at most, should the next sweep be later than that.</param>
/// <param name="signal">Tells of commits.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">The log.</param>
internal abstract class SweepLoop(
    string subject, TimeSpan sweepInterval, TimeSpan longestWait, CommitSignal signal, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Looks at every row.</summary>
    protected abstract Task SweepAsync(CancellationToken stopping);

    /// <summary>Does what has become due.</summary>
    protected abstract Task DrainAsync(CancellationToken stopping);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        long? sweptAt = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (sweptAt is null || clock.GetElapsedTime(sweptAt.Value) >= sweepInterval)
                {
                    await SweepAsync(stoppingToken).ConfigureAwait(false);
                    sweptAt = clock.GetTimestamp();
                }

                await DrainAsync(stoppingToken).ConfigureAwait(false);
                await signal.WaitAsync(Limit(sweptAt.Value), clock, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                if (fault is JobQueueException or StoreUnavailableException)
                {
                    logger.OutboxBlocked(subject, fault.Message, Pause.TotalMilliseconds);
                }
                else
                {
                    logger.SweepFailed(subject, Pause.TotalMilliseconds, fault);
                }

                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private TimeSpan Limit(long sweptAt)
    {
        var left = sweepInterval - clock.GetElapsedTime(sweptAt);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < longestWait ? left : longestWait;
    }
}
