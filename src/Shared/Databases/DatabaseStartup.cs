using Jamail.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.Shared;

/// <summary>
/// Makes a package's tables before anything else of the host starts. A database that is away does not keep the host from
/// starting: it is tried again until it is there, and meanwhile every call ends in <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class DatabaseStartup(
    Database database,
    MigrationRunner migrations,
    IOptions<JamailHostOptions> options,
    TimeProvider clock,
    ILogger logger) : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _waiting = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException fault)
        {
            logger.DatabaseAway(fault.Message);
            _waiting = WaitAsync(_stopping.Token);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _waiting.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _stopping.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var schema = await migrations.RunAsync(options.Value.Migrate, cancellationToken).ConfigureAwait(false);
        if (schema.AppliedNow > 0)
        {
            logger.Migrated(schema.AppliedNow);
        }

        database.MarkReady(schema.DatabaseId);
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, clock, stopping).ConfigureAwait(false);
                await PrepareAsync(stopping).ConfigureAwait(false);
                logger.DatabaseThere();
                return;
            }
            catch (StoreUnavailableException)
            {
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
            catch (Exception fault)
            {
                logger.SchemaWrong(fault);
                return;
            }
        }
    }
}
