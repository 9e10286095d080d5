using System.Reflection;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>What stands in a queue's <c>meta</c>. Nothing that another client wrote is overwritten.</summary>
internal sealed class QueueMeta(RedisConnections connections, QueueKeys keys, int maxEvents, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string Version = "jamail:"
        + (typeof(QueueMeta).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0")
            .Split('+')[0];

    private int _generation = -1;

    /// <summary>It was written over the connection that stands now.</summary>
    public bool IsEnsured => Volatile.Read(ref _generation) == connections.Generation;

    /// <summary>Writes what is missing, once for each connection: Redis may have lost its memory between two.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (IsEnsured)
        {
            return;
        }

        var generation = connections.Generation;
        var database = connections.Database;
        try
        {
            await Task.WhenAll(
                database.HashSetAsync(keys.Meta, "opts.maxLenEvents", maxEvents, When.NotExists),
                database.HashSetAsync(keys.Meta, "version", Version, When.NotExists),
                database.HashSetAsync(keys.Meta, "jamail.epoch", Guid.NewGuid().ToString("N"), When.NotExists))
                .WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new JobQueueException(
                JobQueueError.Unavailable, $"Queue '{keys.Queue}': Redis does not answer.", keys.Queue, null, exception);
        }

        Volatile.Write(ref _generation, generation);
    }

    public Task<string> EpochAsync(CancellationToken cancellationToken) =>
        ReadOrWriteAsync("jamail.epoch", Guid.NewGuid().ToString("N"), cancellationToken);

    public Task<string> DatabaseAsync(string databaseId, CancellationToken cancellationToken) =>
        ReadOrWriteAsync("jamail.database", databaseId, cancellationToken);

    private async Task<string> ReadOrWriteAsync(string field, string value, CancellationToken cancellationToken)
    {
        var database = connections.Database;
        var written = database.HashSetAsync(keys.Meta, field, value, When.NotExists);
        var read = database.HashGetAsync(keys.Meta, field);
        await Task.WhenAll(written, read).WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        return (string?)await read.ConfigureAwait(false) ?? value;
    }
}
