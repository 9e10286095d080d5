using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jamail.Shared;

/// <summary>
/// Opens a package's connections to PostgreSQL. The first one tells whether a pooler stands in between, by the process it talks
/// to: an old one hands a connection's prepared statements to another client, so then connections are as the host's
/// connection string alone makes them.
/// </summary>
/// <param name="withDefaults">With <see cref="PostgresDataSource.WithDefaults"/>.</param>
/// <param name="keepingPlans">Made when it is needed: the same, for statements whose plan is kept.</param>
/// <param name="asGiven">Made when it is needed.</param>
/// <param name="givenString">The host's connection string.</param>
/// <param name="logger">Of the package.</param>
internal sealed class PostgresConnections(
    NpgsqlDataSource withDefaults, Func<NpgsqlDataSource> keepingPlans, Func<NpgsqlDataSource> asGiven, string givenString, ILogger logger)
{
    private volatile NpgsqlDataSource? _chosen;
    private volatile NpgsqlDataSource? _keeping;

    /// <summary>The database of the connection string.</summary>
    public string? DatabaseName { get; } = new NpgsqlConnectionStringBuilder(withDefaults.ConnectionString).Database;

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_chosen is { } chosen)
        {
            return await chosen.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }

        var first = await withDefaults.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!PostgresDataSource.PreparesByDefault(givenString)
                || await IsDirectAsync(first, cancellationToken).ConfigureAwait(false))
            {
                _keeping = keepingPlans();
                _chosen = withDefaults;
                return first;
            }
        }
        catch
        {
            await first.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await first.DisposeAsync().ConfigureAwait(false);
        _chosen = asGiven();
        _keeping = _chosen;
        logger.PoolerFound();
        return await _chosen.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <param name="keepsPlans">For statements whose plan is right whatever is in the tables.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<NpgsqlConnection> OpenAsync(bool keepsPlans, CancellationToken cancellationToken) =>
        keepsPlans && _keeping is { } keeping ? keeping.OpenConnectionAsync(cancellationToken) : OpenAsync(cancellationToken);

    /// <summary>Open connections are closed when they come back: what the server keeps for them is out of date.</summary>
    public void Renew()
    {
        _chosen?.Clear();
        _keeping?.Clear();
    }

    private static async Task<bool> IsDirectAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is int server
            && server == connection.ProcessID;
    }
}
