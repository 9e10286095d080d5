using System.Threading.Channels;
using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>
/// Runs what arrives while the last run is under way as one run: a busy time makes groups larger and round trips fewer,
/// an idle one answers at once.
/// </summary>
/// <param name="run">Answers one result for each item, in order. When it throws, each item runs again alone: it must have undone all.</param>
/// <param name="maxSize">Most items of one run.</param>
/// <param name="overlap">Most runs under way at the same time: with more than one, what arrives need not wait for a whole run.</param>
internal sealed class GroupRunner<TItem, TResult>(
    Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> run,
    int maxSize = 500,
    int overlap = 1) : IAsyncDisposable
{
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _runs = new(overlap);
    private readonly Lock _start = new();
    private Task? _loop;

    /// <summary>Waits for the run the item becomes part of. Cancelling stops the waiting, not the run.</summary>
    public Task<TResult> RunAsync(TItem item, CancellationToken cancellationToken)
    {
        lock (_start)
        {
            if (_loop is null)
            {
                // The loop outlives the call that starts it, and is no part of that call's trace.
                using var _ = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
                _loop = Task.Run(LoopAsync, CancellationToken.None);
            }
        }

        var entry = new Entry(item, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _entries.Writer.TryWrite(entry)
            ? entry.Done.Task.WaitAsync(cancellationToken)
            : Task.FromException<TResult>(new ObjectDisposedException(nameof(GroupRunner<TItem, TResult>)));
    }

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        if (_loop is not null)
        {
            await _loop.ConfigureAwait(false);
        }

        for (var run = 0; run < overlap; run++)
        {
            await _runs.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _runs.Dispose();
        _stopping.Dispose();
    }

    private async Task LoopAsync()
    {
        while (await _entries.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await _runs.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            var group = new List<Entry>();
            while (group.Count < maxSize && _entries.Reader.TryRead(out var entry))
            {
                group.Add(entry);
            }

            _ = RunAndReleaseAsync(group);
        }
    }

    private async Task RunAndReleaseAsync(List<Entry> group)
    {
        await RunGroupAsync(group).ConfigureAwait(false);
        _runs.Release();
    }

    private async Task RunGroupAsync(List<Entry> group)
    {
        try
        {
            var results = await run(group.ConvertAll(entry => entry.Item), _stopping.Token).ConfigureAwait(false);
            for (var i = 0; i < group.Count; i++)
            {
                group[i].Done.SetResult(results[i]);
            }
        }
        catch (Exception fault) when (group.Count > 1 && fault is not StoreUnavailableException)
        {
            // One item spoils a group for all: alone it spoils nothing but itself.
            foreach (var entry in group.ToArray())
            {
                await RunGroupAsync([entry]).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            foreach (var entry in group)
            {
                entry.Done.TrySetException(fault);
            }
        }
    }

    private sealed record Entry(TItem Item, TaskCompletionSource<TResult> Done);
}
