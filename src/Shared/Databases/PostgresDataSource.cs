using System.Data.Common;
using Npgsql;

namespace Jamail.Shared;

/// <summary>The connections of this host's packages.</summary>
internal static class PostgresDataSource
{
    private const int MostPrepared = 100;
    private const int UsesBeforePrepared = 2;

    // Packages run a few statements over and over: planning each anew, and resetting sessions that nothing was set in, was half of
    // what PostgreSQL had to do. A connection string that names "Max Auto Prepare" has its way, as an old pooler may need it.
    public static NpgsqlDataSource Create(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        if (!given.ContainsKey("Max Auto Prepare") && !given.ContainsKey("MaxAutoPrepare"))
        {
            builder.MaxAutoPrepare = MostPrepared;
            builder.AutoPrepareMinUsages = UsesBeforePrepared;
        }

        return NpgsqlDataSource.Create(builder);
    }
}
