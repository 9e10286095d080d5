using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>
/// One multiplexer of our own, with one socket. It reconnects by itself; <see cref="ReplaceAsync"/> is for a connection that
/// lives but does not answer.
/// </summary>
internal sealed class RedisLink(IRedisEndpoint endpoint, string clientName, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollWait = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private ConnectionMultiplexer? _multiplexer;
    private IDatabase? _database;
    private volatile bool _isDisposed;
    private int _isLooking;

    /// <summary>A connection stands again.</summary>
    public event Action? Restored;

    public string ClientName { get; } = clientName;

    public bool IsConnected => _multiplexer is { IsConnected: true };

    /// <summary>For calls; fails as a call without a connection does, until the first connection stands.</summary>
    public IDatabase Database => _database ?? throw NotConnected();

    public ConnectionMultiplexer? Multiplexer => _multiplexer;

    /// <summary>Waits until calls can be sent.</summary>
    public async Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        while (!IsConnected)
        {
            if (_multiplexer is null && !await TryConnectAsync(cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(RetryWait, clock, cancellationToken).ConfigureAwait(false);
            }
            else if (!IsConnected)
            {
                await Task.Delay(PollWait, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A server said that another one is in charge: finds out which, unless that is being done.</summary>
    public void LookAgain()
    {
        if (_multiplexer is { } multiplexer && multiplexer.GetEndPoints().Length > 1 && Interlocked.Exchange(ref _isLooking, 1) == 0)
        {
            _ = LookAsync();
        }

        async Task LookAsync()
        {
            await ((Task)multiplexer.ConfigureAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _isLooking, 0);
        }
    }

    /// <summary>Gives the connection up and makes another; calls under way on the old one may never end by themselves.</summary>
    public async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Drop();
        }
        finally
        {
            _connecting.Release();
        }

        await TryConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _isDisposed = true;
        Drop();
    }

    // Not by Dispose: that lets commands complete, and waits for a blocking read to end.
    private void Drop()
    {
        _database = null;
        Interlocked.Exchange(ref _multiplexer, null)?.Close(allowCommandsToComplete: false);
    }

    private async Task<bool> TryConnectAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_multiplexer is not null)
            {
                return true;
            }

            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var text = await endpoint.GetAsync(cancellationToken).ConfigureAwait(false);
            var multiplexer = await ConnectionMultiplexer.ConnectAsync(Options(text)).ConfigureAwait(false);

            // With the order kept, one slow continuation would hold up every other reply of the connection.
            multiplexer.PreserveAsyncOrder = false;
            multiplexer.ConnectionRestored += (_, _) => Restored?.Invoke();
            _database = multiplexer.GetDatabase();
            _multiplexer = multiplexer;
            if (_isDisposed)
            {
                Drop();
            }
        }
        catch (Exception exception) when (exception is RedisConnectionException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return false;
        }
        finally
        {
            _connecting.Release();
        }

        Restored?.Invoke();
        return true;
    }

    private ConfigurationOptions Options(string text)
    {
        var options = RedisConnectionText.Parse(text);
        options.AbortOnConnectFail = false;
        options.AllowAdmin = true;
        options.ClientName = ClientName;
        options.SyncTimeout = 15_000;

        // Without SUBSCRIBE there is no second socket.
        options.CommandMap = CommandMap.Create(["SUBSCRIBE"], available: false);
        return options;
    }

    private static JobQueueException NotConnected() =>
        new(JobQueueError.Unavailable, "Redis is away: no connection has been made yet. Nothing was done.");
}
