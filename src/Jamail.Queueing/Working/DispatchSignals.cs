namespace Jamail.Queueing;

/// <summary>Who waits for a state of the dispatcher: to be idle, to be drained.</summary>
internal sealed class DispatchSignals(DispatchState state, TurnFailures failures)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private TaskCompletionSource? _changed;

    /// <summary>Ends when there are free slots and nothing is under way to fill them.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return state.IsIdle
                ? Task.CompletedTask
                : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends when no processor runs.</summary>
    public Task WhenDrainedAsync(CancellationToken cancellationToken) => WhenAsync(() => state.IsDrained, cancellationToken);

    /// <summary>Ends when every outcome has its answer, and no processor runs but those that are left to themselves.</summary>
    public Task WhenSettledAsync(bool someAreLeft, CancellationToken cancellationToken) => WhenAsync(
        () => (someAreLeft || state.IsDrained) && state.IsSettled && !failures.AreOpen, cancellationToken);

    /// <summary>The state may be another one now.</summary>
    public void Changed()
    {
        lock (_gate)
        {
            if (_idle is { } idle && state.IsIdle)
            {
                _idle = null;
                idle.TrySetResult();
            }

            _changed?.TrySetResult();
            _changed = null;
        }
    }

    private async Task WhenAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition())
                {
                    return;
                }

                changed = (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
