using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Jamail.Queueing;

/// <summary>
/// The Redis server of a data folder. A living one is adopted, otherwise one is started; several hosts of one folder
/// share it, and who leaves last stops it.
/// </summary>
internal sealed class EmbeddedRedis(DataDirectory directory, TimeProvider clock, ILogger<EmbeddedRedis> logger)
    : IRedisEndpoint, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly RedisLauncher _launcher = new(directory, clock);
    private IDisposable? _use;
    private string? _password;
    private RedisRecord? _server;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _server ??= await JoinAsync(cancellationToken).ConfigureAwait(false);
            return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_server.Port},password={_password}");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether the server is there, as far as this host needs one.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken) =>
        _server is null || await Admin(_server.Port).TryAskAsync(cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Starts the server again, on its port, when it has died.</summary>
    public async Task ReviveAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_server is not null)
            {
                _server = await JoinAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops the server, unless another host still uses it.</summary>
    public async Task StopAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_server is { } server)
            {
                _server = null;
                await LeaveAsync(server).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<RedisRecord> JoinAsync(CancellationToken cancellationToken)
    {
        if (directory.TryPrepare() is { } refusal)
        {
            throw new InvalidOperationException(JamailHostOptionsRules.Unusable(directory.Root, refusal));
        }

        using var change = await FileLock.ExclusiveAsync(directory.ChangeLock, LockLimit, clock, cancellationToken)
            .ConfigureAwait(false);
        _use ??= FileLock.TryShared(directory.UseLock);
        _password = PrivateFile.ReadOrMake(
            directory.RedisPassword, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));

        var last = RedisRecord.TryRead(directory.RedisRecord);
        if (last is not null
            && await Admin(last.Port).TryAskAsync(cancellationToken).ConfigureAwait(false) is { } living)
        {
            var adopted = new RedisRecord(living.Pid, last.Port, living.RunId);
            await _launcher.WaitUntilReadyAsync(adopted.Port, _password, cancellationToken).ConfigureAwait(false);
            adopted.Write(directory.RedisRecord);
            logger.RedisAdopted(adopted.Port, adopted.Pid, directory.Root);
            return adopted;
        }

        var started = await _launcher.StartAsync(last?.Port, _password, cancellationToken).ConfigureAwait(false);
        logger.RedisStarted(started.Port, started.Pid, directory.RedisFolder);
        return started;
    }

    private async Task LeaveAsync(RedisRecord server)
    {
        try
        {
            using var change = await FileLock.ExclusiveAsync(directory.ChangeLock, LockLimit, clock, CancellationToken.None)
                .ConfigureAwait(false);
            _use?.Dispose();
            _use = null;
            using var alone = FileLock.TryExclusive(directory.UseLock);
            if (alone is null)
            {
                logger.RedisLeftToOthers(server.Port);
                return;
            }

            using var limit = new CancellationTokenSource(StopLimit, clock);
            if (await Admin(server.Port).ShutdownAsync(limit.Token).ConfigureAwait(false) is { } refusal)
            {
                logger.RedisNotStopped(server.Port, server.Pid, refusal);
                return;
            }

            await RedisLauncher.WaitUntilGoneAsync(server.Pid, clock, limit.Token).ConfigureAwait(false);
            File.Delete(directory.RedisPid);
            logger.RedisStopped(server.Port);
        }
        catch (Exception fault) when (fault is OperationCanceledException or TimeoutException or IOException)
        {
            logger.RedisNotStopped(server.Port, server.Pid, fault.Message);
        }
    }

    private RedisAdmin Admin(int port) => new(port, _password ?? "", clock);
}
