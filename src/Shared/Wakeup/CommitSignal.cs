using System.Data.Common;

namespace Jamail.Shared;

/// <summary>
/// Tells the outbox that a transaction with rows for it was committed, by this process or another. One that fires for
/// nothing does no harm; one that is missed is made good by the sweep.
/// </summary>
internal abstract class CommitSignal : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _fired = new(0, 1);
    private readonly Lock _gate = new();
    private Task? _watching;

    /// <summary>Makes the commit of a transaction fire the signal; its roll-back does not.</summary>
    public abstract Task AnnounceAsync(DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Waits until the signal fires, or for at most <paramref name="limit"/>. One waiter at a time.</summary>
    public async Task WaitAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _watching ??= Task.Run(() => WatchAsync(_stopping.Token), CancellationToken.None);
        }

        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _fired.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Fires without a commit.</summary>
    public void Fire()
    {
        lock (_gate)
        {
            if (_fired.CurrentCount == 0)
            {
                _fired.Release();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_watching is not null)
        {
            await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stopping.Dispose();
        _fired.Dispose();
    }

    /// <summary>Fires for every commit until it is stopped; never ends otherwise.</summary>
    protected abstract Task WatchAsync(CancellationToken stopping);
}
