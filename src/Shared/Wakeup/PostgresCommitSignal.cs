using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jamail.Shared;

/// <summary>
/// Listens on a connection of its own. Where notifications do not arrive (a pooler in between, no connection), it fires
/// at an interval, and tries to listen again now and then.
/// </summary>
internal sealed class PostgresCommitSignal(
    PostgresDatabase database, string package, TimeProvider clock, ILogger logger) : CommitSignal
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);
    private const int PollsBetweenTries = 40;

    private readonly string _channel = $"{database.Schema}_{package}";
    private bool _warned;

    public override Task AnnounceAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "select pg_notify(@channel, '')", new { channel = _channel }, transaction, cancellationToken: cancellationToken));

    protected override async Task WatchAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stopping).ConfigureAwait(false);
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                if (!_warned)
                {
                    _warned = true;
                    logger.NotListening(fault.Message, PollInterval.TotalMilliseconds);
                }
            }

            for (var i = 0; i < PollsBetweenTries; i++)
            {
                Fire();
                await Task.Delay(PollInterval, clock, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        var connection = await database.OpenConnectionAsync(stopping).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var probe = Guid.NewGuid().ToString("N");
        var heard = false;
        connection.Notification += (_, notification) =>
        {
            heard |= notification.Payload == probe;
            Fire();
        };
        await ExecuteAsync(connection, $"listen \"{_channel}\"", stopping).ConfigureAwait(false);
        await ProbeAsync(probe, stopping).ConfigureAwait(false);
        var asked = clock.GetTimestamp();
        while (!heard)
        {
            if (!await connection.WaitAsync(ProbeLimit, stopping).ConfigureAwait(false)
                || (!heard && clock.GetElapsedTime(asked) > ProbeLimit))
            {
                // The session is not reset when it goes back to the pool.
                await ExecuteAsync(connection, "unlisten *", stopping).ConfigureAwait(false);
                throw new TimeoutException("a notification sent to ourselves did not arrive");
            }
        }

        _warned = false;
        Fire();
        while (true)
        {
            // A wait without an end would not notice a connection that died without a word.
            if (!await connection.WaitAsync(KeepAlive, stopping).ConfigureAwait(false))
            {
                await ExecuteAsync(connection, "select 1", stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task ProbeAsync(string probe, CancellationToken stopping)
    {
        var connection = await database.OpenConnectionAsync(stopping).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_notify(@channel, @probe)", new { channel = _channel, probe }, cancellationToken: stopping)).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stopping)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(stopping).ConfigureAwait(false);
    }
}
