using Npgsql;

namespace Jamail.Shared;

/// <summary>The connections of this host's packages, as the host's connection string and our defaults make them.</summary>
internal static class PostgresDataSource
{
    private const string MaxAutoPrepare = "Max Auto Prepare";
    private const string AutoPrepareMinUsages = "Auto Prepare Min Usages";
    private const string NoResetOnClose = "No Reset On Close";

    private const int MostPrepared = 100;
    private const int UsesBeforePrepared = 2;

    /// <summary>
    /// Packages run a few statements over and over: planning each anew, and resetting sessions in which nothing was set, is half of
    /// what PostgreSQL has to do. A key that the host's connection string names stays as it is.
    /// </summary>
    public static string WithDefaults(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        Default(builder, MaxAutoPrepare, MostPrepared);
        Default(builder, AutoPrepareMinUsages, UsesBeforePrepared);
        Default(builder, NoResetOnClose, true);
        return builder.ConnectionString;
    }

    /// <summary>Whether the host left it to us to prepare statements.</summary>
    public static bool PreparesByDefault(string connectionString) =>
        !new NpgsqlConnectionStringBuilder(connectionString).ShouldSerialize(MaxAutoPrepare);

    private static void Default(NpgsqlConnectionStringBuilder builder, string key, object value)
    {
        if (!builder.ShouldSerialize(key))
        {
            builder[key] = value;
        }
    }
}
