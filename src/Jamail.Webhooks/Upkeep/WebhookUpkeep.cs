using Jamail.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Goes on with lanes whose worker died, and removes what is past its time.</summary>
internal sealed class WebhookUpkeep(
    LaneStore lanes, Retention retention, IOptions<WebhooksOptions> options, TimeProvider clock, ILogger<WebhookUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await lanes.AdvanceStoppedAsync(stoppingToken).ConfigureAwait(false);
                var hasMore = await retention.RemoveAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(hasMore ? Pause : options.Value.SweepInterval, clock, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception fault)
            {
                logger.UpkeepBlocked(Pause.TotalMilliseconds, fault is StoreUnavailableException ? fault.Message : fault.ToString());
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
