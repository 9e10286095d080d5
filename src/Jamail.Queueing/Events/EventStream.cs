using System.Globalization;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Reads a queue's event stream on a connection of its own, which is replaced when it does not answer.</summary>
internal sealed class EventStream(QueueKeys keys, RedisConnections connections, TimeProvider clock, ILogger logger) : IDisposable
{
    private const int BlockMs = 5000;
    private const int MaxEvents = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(BlockMs) + TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(200);

    private readonly RedisLink _link = connections.CreateBlockingLink(WorkerName.OfEvents(keys));

    /// <summary>
    /// What came after a position; waits a few seconds for it. Goes on through lost connections. Ends in an exception only
    /// when cancelled.
    /// </summary>
    public Task<EventBatch> ReadAsync(string after, CancellationToken cancellationToken) =>
        RepeatAsync(() => ReadOnceAsync(after, cancellationToken), cancellationToken);

    /// <summary>The position of the newest event; waits for Redis like reading does.</summary>
    public Task<string> NewestAsync(CancellationToken cancellationToken) =>
        RepeatAsync(() => NewestAsync(_link.Database, keys).WaitAsync(Patience, clock, cancellationToken), cancellationToken);

    public static async Task<string> NewestAsync(IDatabase database, QueueKeys keys)
    {
        var newest = await database.ExecuteAsync("XREVRANGE", keys.Events, "+", "-", "COUNT", "1").ConfigureAwait(false);
        return (RedisResult[])newest! is [var entry] ? EventEntry.PositionOf(entry) : EventPosition.Beginning;
    }

    public void Dispose() => _link.Dispose();

    private async Task<T> RepeatAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _link.WaitUntilUpAsync(cancellationToken).ConfigureAwait(false);
                return await read().ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                logger.EventConnectionReplaced(keys.Queue.Value);
                await _link.ReplaceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (RedisFaults.Of(exception) == RedisFault.Refused)
                {
                    logger.EventsNotRead(exception, keys.Queue.Value);
                }

                await Task.Delay(RetryWait, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<EventBatch> ReadOnceAsync(string after, CancellationToken cancellationToken)
    {
        var database = _link.Database;
        var read = database.ExecuteAsync(
            "XREAD",
            "COUNT",
            MaxEvents.ToString(CultureInfo.InvariantCulture),
            "BLOCK",
            BlockMs.ToString(CultureInfo.InvariantCulture),
            "STREAMS",
            keys.Events,
            after);
        read.Observe();

        // Behind the read on the same connection: if even now the stream reaches back to the position, nothing was missed.
        var oldest = database.ExecuteAsync("XRANGE", keys.Events, "-", "+", "COUNT", "1");
        oldest.Observe();
        var reply = await read.WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        if (reply.IsNull)
        {
            return new EventBatch([], after);
        }

        var first = (RedisResult[])(await oldest.WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false))!;
        var entries = (RedisResult[])((RedisResult[])((RedisResult[])reply!)[0]!)[1]!;
        var events = new List<JobEvent>(entries.Length + 1);
        if (after != EventPosition.Beginning && first is [var kept] && EventEntry.PositionOf(kept) is var next && EventPosition.IsAfter(next, after))
        {
            events.Add(new JobEvent.Gap(next) { Position = after });
        }

        foreach (var entry in entries)
        {
            events.Add(EventEntry.Read(entry));
        }

        return new EventBatch(events, events[^1].Position);
    }
}
