using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Calls about one queue that somebody waits for: none waits for ever, and every failure says what it means.</summary>
internal sealed class RedisCalls(QueueName queue, RedisConnections connections, TimeProvider clock)
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Task RunAsync(Func<IDatabase, Task> call, CancellationToken cancellationToken) =>
        RunAsync(
            async database =>
            {
                await call(database).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    /// <exception cref="JobQueueException">Redis is away, did not answer, or refused.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            await connections.WaitUntilUpAsync(cancellationToken)
                .WaitAsync(ConnectPatience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw Failed(JobQueueError.Unavailable, "Redis is away; nothing was done", exception);
        }

        try
        {
            return await RepeatAsync(call, cancellationToken).WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw Failed(JobQueueError.Unknown, $"Redis did not answer within {Patience.TotalSeconds} s", exception);
        }
        catch (Exception exception) when (exception is RedisConnectionException or WireLostException)
        {
            var isSent = RedisFaults.Of(exception) != RedisFault.NotSent;
            throw Failed(
                isSent ? JobQueueError.Unknown : JobQueueError.Unavailable,
                isSent ? "the connection to Redis was lost before the answer came" : "Redis is away; nothing was done",
                exception);
        }
        catch (Exception exception) when (exception is RedisServerException or WireErrorException)
        {
            var isRun = RedisFaults.Of(exception) != RedisFault.NotRun;
            throw Failed(isRun ? JobQueueError.ScriptFailed : JobQueueError.Unavailable, exception.Message, exception);
        }
    }

    // What Redis did not run, because it loads, fails over or moves a slot, it runs a little later.
    private async Task<T> RepeatAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await call(connections.Database).ConfigureAwait(false);
            }
            catch (Exception refusal)
                when (refusal is RedisServerException or WireErrorException
                    && RedisFaults.Of(refusal) == RedisFault.NotRun
                    && clock.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(RetryWait, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private JobQueueException Failed(JobQueueError error, string why, Exception cause) =>
        new(error, $"Queue '{queue}': {why}.", queue, null, cause);
}
