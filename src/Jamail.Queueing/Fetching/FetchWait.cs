using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Waits for the queue's marker on a connection of its own; one caller reads it, others wait for their turn.</summary>
internal sealed class FetchWait(WorkerContext context) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lazy<RedisLink> _link = new(() => context.Connections.CreateBlockingLink(
        WorkerName.OfConnection(context.Keys.Prefix, context.Queue, context.Options.Name)));

    /// <summary>Ends when there may be work, or after the time; a marker that is for later is waited for or put back.</summary>
    public async Task SleepAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(time, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await SleepInTurnAsync(time < Longest ? time : Longest, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        if (_link.IsValueCreated)
        {
            _link.Value.Dispose();
        }

        _turn.Dispose();
    }

    private async Task SleepInTurnAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var link = _link.Value;
        var began = context.Clock.GetTimestamp();
        var seconds = Math.Max(0.01, time.TotalSeconds).ToString("0.###", CultureInfo.InvariantCulture);
        RedisResult reply;
        try
        {
            await link.WaitUntilUpAsync(cancellationToken).WaitAsync(time, context.Clock, cancellationToken).ConfigureAwait(false);
            reply = await link.Database.ExecuteAsync("BZPOPMIN", context.Keys.Marker, seconds)
                .WaitAsync(time + Watchdog, context.Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is TimeoutException or RedisException or OperationCanceledException)
        {
            // A pop given up may still take the marker: with its connection it cannot.
            await link.ReplaceAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return;
        }

        if (reply.IsNull)
        {
            return;
        }

        var dueMs = double.Parse(((string[])reply!)[2], NumberStyles.Float, CultureInfo.InvariantCulture);
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(dueMs) - context.NowMs);
        var left = time - context.Clock.GetElapsedTime(began);
        if (dueMs > 0 && wait > left)
        {
            await context.Connections.Database.SortedSetAddAsync(context.Keys.Marker, "1", dueMs).ConfigureAwait(false);
            wait = left;
        }

        if (dueMs > 0 && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, context.Clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
