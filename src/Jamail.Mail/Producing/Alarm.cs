namespace Jamail.Mail;

/// <summary>Wakes the one service that waits for it. Rung often before that, it wakes it once.</summary>
internal sealed class Alarm(TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);
    private readonly Lock _gate = new();

    public void Ring()
    {
        lock (_gate)
        {
            if (_rung.CurrentCount == 0)
            {
                _rung.Release();
            }
        }
    }

    /// <summary>Waits until it rings, until the time is over, or until the host stops; which of them it was is not told.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken stopping)
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stopping);
        await _rung.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _rung.Dispose();
}
