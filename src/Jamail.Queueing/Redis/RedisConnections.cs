using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The connections of the host, shared by all its queues; only blocking reads have their own.</summary>
internal sealed class RedisConnections : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan PatienceBeforeWarning = TimeSpan.FromSeconds(1);

    private readonly IRedisEndpoint _endpoint;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly RedisLink _commands;
    private readonly CancellationTokenSource _disposing = new();
    private int _generation;
    private Task? _watch;

    public RedisConnections(IRedisEndpoint endpoint, TimeProvider clock, ILoggerFactory? loggers = null)
    {
        _endpoint = endpoint;
        _clock = clock;
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Jamail.Queueing.Redis");
        _commands = new RedisLink(endpoint, $"jamail-{Guid.NewGuid():N}", clock);
        _commands.Restored += () => Interlocked.Increment(ref _generation);
        Wires = new WireConnections(_commands, endpoint, clock, _logger);
    }

    /// <summary>Changes with every connection made.</summary>
    public int Generation => Volatile.Read(ref _generation);

    public bool IsConnected => _commands.IsConnected;

    /// <summary>For calls; fails as a call without a connection does while there is none.</summary>
    public IDatabase Database
    {
        get
        {
            EnsureWatched();
            return _commands.Database;
        }
    }

    /// <summary>For calls that must be quick, and for waiting on markers.</summary>
    public WireConnections Wires { get; }

    /// <summary>A link of its own for blocking reads.</summary>
    public RedisLink CreateBlockingLink(string clientName) => new(_endpoint, clientName, _clock);

    public Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        EnsureWatched();
        return _commands.WaitUntilUpAsync(cancellationToken);
    }

    /// <summary>Gives up a connection that does not answer.</summary>
    public Task ReplaceAsync(CancellationToken cancellationToken)
    {
        Wires.Drop();
        return _commands.ReplaceAsync(cancellationToken);
    }

    /// <summary>
    /// Makes dead, on the server in charge of a key, every connection for commands, and every one that slept, but the present ones, so that no call about
    /// the key sent over them can still be executed.
    /// </summary>
    /// <returns>False where the server does not let us, or where it cannot be known; then only time helps.</returns>
    /// <exception cref="RedisException">There is no server in charge to be had, or it is not ready; to be asked again.</exception>
    public async Task<bool> TryKillOldConnectionsAsync(RedisKey key)
    {
        if (_commands.Multiplexer is not { } multiplexer)
        {
            return false;
        }

        try
        {
            // In a cluster, what a server that lost the slot may still execute is thrown away when it comes back.
            var endPoint = await Database.IdentifyEndpointAsync(key).ConfigureAwait(false);
            var server = multiplexer.GetServer(endPoint);
            var clients = await server.ClientListAsync().ConfigureAwait(false);

            // Asked after the list: a connection made meanwhile is not on it.
            WireConnection[] wires = [.. Wires.AliveTo(endPoint)];
            var ended = Wires.TakeEndedTo(endPoint);
            if (wires.Concat(ended).Any(static wire => wire.Id is null))
            {
                return false;
            }

            foreach (var client in clients)
            {
                if ((client.Name == _commands.ClientName && !wires.Any(wire => wire.Id == client.Id))
                    || ended.Any(wire => wire.Id == client.Id && wire.ClientName == client.Name))
                {
                    await server.ClientKillAsync(client.Id, skipMe: true).ConfigureAwait(false);
                }
            }

            return true;
        }
        catch (RedisServerException refusal) when (RedisFaults.Of(refusal) == RedisFault.Refused)
        {
            return false;
        }
    }

    /// <summary>The clients of every node, as the server lists them.</summary>
    /// <exception cref="RedisServerException">The server does not let us.</exception>
    public async Task<IReadOnlyList<ClientInfo>> ClientsAsync()
    {
        EnsureWatched();
        if (_commands.Multiplexer is not { } multiplexer)
        {
            return [];
        }

        var servers = multiplexer.GetEndPoints().Select(point => multiplexer.GetServer(point)).Where(server => server.IsConnected);
        var lists = await Task.WhenAll(servers.Select(server => server.ClientListAsync())).ConfigureAwait(false);
        return [.. lists.SelectMany(list => list)];
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        if (_watch is { } watch)
        {
            await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Wires.Dispose();
        _commands.Dispose();
        _disposing.Dispose();
    }

    public void Dispose()
    {
        _disposing.Cancel();
        Wires.Dispose();
        _commands.Dispose();
    }

    private void EnsureWatched()
    {
        if (Volatile.Read(ref _watch) is null)
        {
            lock (_commands)
            {
                _watch ??= Task.Run(() => WatchAsync(_disposing.Token));
            }
        }
    }

    /// <summary>Connects, says in the log when Redis is away and when it is back, and looks at each server it meets.</summary>
    private async Task WatchAsync(CancellationToken stopping)
    {
        var seen = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await WaitLoudlyAsync(stopping).ConfigureAwait(false);
                if (seen != Generation)
                {
                    seen = Generation;
                    if (await RedisServerCheck.WarningAsync(Database).ConfigureAwait(false) is { } warning)
                    {
                        _logger.RedisUnsuitable(warning);
                    }
                }

                await Task.Delay(PatienceBeforeWarning, _clock, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                _logger.RedisWatchFailed(exception);
                await Task.Delay(PatienceBeforeWarning, _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitLoudlyAsync(CancellationToken stopping)
    {
        var up = _commands.WaitUntilUpAsync(stopping);
        try
        {
            await up.WaitAsync(PatienceBeforeWarning, _clock, stopping).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _logger.RedisAway();
            var since = _clock.GetTimestamp();
            await up.ConfigureAwait(false);
            _logger.RedisBack(_clock.GetElapsedTime(since).TotalSeconds);
        }
    }
}
