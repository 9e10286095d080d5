using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>
/// The connections for quick calls, one to each server. The multiplexer knows which server has a key, and which is in charge after
/// another one died.
/// </summary>
internal sealed class WireConnections(RedisLink commands, IRedisEndpoint endpoint, TimeProvider clock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly ConcurrentDictionary<RedisKey, WireConnection> _ofKey = new();
    private readonly ConcurrentDictionary<EndPoint, WireConnection> _ofServer = new();
    private readonly ConcurrentDictionary<WireConnection, EndPoint> _opened = new();
    private long _warnedAt;
    private volatile bool _isDisposed;

    /// <summary>The connections to a server that can be sent on.</summary>
    public IEnumerable<WireConnection> AliveTo(EndPoint server) =>
        _ofServer.TryGetValue(server, out var connection) && connection.IsAlive ? [connection] : [];

    /// <summary>The connection that stands to the server that has a key; null while there is none.</summary>
    public WireConnection? Find(RedisKey key) =>
        _ofKey.TryGetValue(key, out var connection) && connection.IsAlive ? connection : null;

    /// <summary>The connection to the server that has a key, made if need be.</summary>
    /// <exception cref="WireLostException">There is none to be had; nothing was sent.</exception>
    public async ValueTask<WireConnection> OfAsync(RedisKey key) =>
        Find(key) ?? await MakeAsync(key).ConfigureAwait(false);

    /// <summary>A connection of the caller's own to the server that has a key.</summary>
    /// <exception cref="WireLostException">There is none to be had.</exception>
    public async Task<WireConnection> OpenAsync(RedisKey key, string clientName, CancellationToken cancellationToken)
    {
        var server = await ServerOfAsync(key).ConfigureAwait(false);
        var connection = await ConnectAsync(server, clientName, cancellationToken).ConfigureAwait(false);
        _opened[connection] = server;
        return connection;
    }

    /// <summary>The callers' own connections that have ended here and that the server may not have given up yet.</summary>
    public IReadOnlyList<WireConnection> TakeEndedTo(EndPoint server)
    {
        List<WireConnection> ended = [];
        foreach (var (connection, opened) in _opened)
        {
            if (!connection.IsAlive && opened.Equals(server) && _opened.TryRemove(connection, out _))
            {
                ended.Add(connection);
            }
        }

        return ended;
    }

    /// <summary>The server said that it is not in charge of a key, or not now.</summary>
    public void Forget(RedisKey key)
    {
        _ofKey.TryRemove(key, out _);
        commands.LookAgain();
    }

    /// <summary>Ends all connections; the next calls make new ones.</summary>
    public void Drop()
    {
        foreach (var connection in _ofServer.Values)
        {
            connection.Dispose();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        Drop();
    }

    private async Task<WireConnection> MakeAsync(RedisKey key)
    {
        var server = await ServerOfAsync(key).ConfigureAwait(false);
        await _connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_ofServer.TryGetValue(server, out var connection) || !connection.IsAlive)
            {
                connection = await ConnectAsync(server, commands.ClientName, CancellationToken.None).ConfigureAwait(false);
                _ofServer[server] = connection;
                if (_isDisposed)
                {
                    connection.Dispose();
                }
            }

            return _ofKey[key] = connection;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<EndPoint> ServerOfAsync(RedisKey key)
    {
        try
        {
            return await commands.Database.IdentifyEndpointAsync(key).WaitAsync(Patience, clock).ConfigureAwait(false)
                ?? throw new WireLostException(isSent: false, cause: null);
        }
        catch (TimeoutException exception)
        {
            await commands.ReplaceAsync(CancellationToken.None).ConfigureAwait(false);
            throw new WireLostException(isSent: false, exception);
        }
        catch (RedisException exception)
        {
            throw new WireLostException(isSent: false, exception);
        }
    }

    private async Task<WireConnection> ConnectAsync(EndPoint server, string clientName, CancellationToken cancellationToken)
    {
        var text = await endpoint.GetAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await WireConnection.ConnectAsync(server, RedisConnectionText.Parse(text), clientName, clock, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (WireLostException exception) when (commands.IsConnected)
        {
            Warn(exception);
            throw;
        }
    }

    // While Redis is away the multiplexer says so.
    private void Warn(Exception exception)
    {
        var warnedAt = Interlocked.Read(ref _warnedAt);
        if ((warnedAt == 0 || clock.GetElapsedTime(warnedAt) > BetweenWarnings)
            && Interlocked.CompareExchange(ref _warnedAt, clock.GetTimestamp(), warnedAt) == warnedAt)
        {
            logger.QuickConnectionFailed(exception.InnerException ?? exception);
        }
    }
}
