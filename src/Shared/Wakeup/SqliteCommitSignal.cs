using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Jamail.Shared;

/// <summary>Asks SQLite whether any other connection has committed. Costs a read of shared memory.</summary>
internal sealed class SqliteCommitSignal(string file, TimeProvider clock) : CommitSignal
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public override Task AnnounceAsync(DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        SqliteConnection? connection = null;
        try
        {
            long? seen = null;
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
            {
                try
                {
                    connection ??= SqliteConnections.Open(file, SqliteOpenMode.ReadWrite);
                    var version = ReadVersion(connection);
                    if (version != seen)
                    {
                        seen = version;
                        Fire();
                    }
                }
                catch (SqliteException)
                {
                    connection?.Dispose();
                    connection = null;
                }
            }
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private static long ReadVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma data_version";
        return (long)command.ExecuteScalar()!; // The pragma always answers one integer.
    }
}
