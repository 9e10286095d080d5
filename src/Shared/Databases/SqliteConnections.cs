using Microsoft.Data.Sqlite;

namespace Jamail.Shared;

internal static class SqliteConnections
{
    /// <summary>Opens a connection that waits for other writers and survives a crash of the process.</summary>
    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        if (mode == SqliteOpenMode.ReadWriteCreate && Path.GetDirectoryName(file) is { Length: > 0 } directory)
        {
            Directory.CreateDirectory(directory);
        }

        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
