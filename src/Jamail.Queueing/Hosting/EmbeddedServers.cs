using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>
/// Starts the embedded server before any other service of the host starts, and stops it after the last one has stopped,
/// whatever the order they were registered in.
/// </summary>
internal sealed class EmbeddedServers(
    IRedisEndpoint endpoint,
    IOptions<JamailHostOptions> options,
    StartChecks checks,
    TimeProvider clock,
    ILogger<EmbeddedServers> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(5);

    // A server that somebody restarts on purpose is back before this many looks have found nobody.
    private const int LooksBeforeRevival = 4;

    private readonly EmbeddedRedis? _redis = endpoint as EmbeddedRedis;
    private readonly CancellationTokenSource _stopping = new();
    private Task _watch = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Embedded is true)
        {
            logger.Embedding(options.Value.DataDirectory);
        }

        if (_redis is not null)
        {
            await _redis.GetAsync(cancellationToken).ConfigureAwait(false);
            _watch = WatchAsync(_redis, _stopping.Token);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => checks.RunAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_redis is not null)
        {
            await _redis.StopAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WatchAsync(EmbeddedRedis redis, CancellationToken stopping)
    {
        var missed = 0;
        using var timer = new PeriodicTimer(WatchInterval, clock);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            try
            {
                missed = await redis.IsAliveAsync(stopping).ConfigureAwait(false) ? 0 : missed + 1;
                if (missed >= LooksBeforeRevival)
                {
                    logger.RedisDied();
                    await redis.ReviveAsync(stopping).ConfigureAwait(false);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // It may be there and not answer, or not come up now; the next look decides anew.
                logger.RedisNotWatched(fault);
            }
        }
    }
}
