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

    // A plan that is kept was made for the tables as they were: one made while they were small reads all of them when they are large.
    private const string PlanEachTime = "force_custom_plan";
    private const string KeepPlans = "force_generic_plan";

    // Where the role, the database or the connection string say something else, or a pooler stands in between, nothing is set.
    private const string SetPlanMode = """
        select set_config('plan_cache_mode', @mode, false)
        from pg_settings where name = 'plan_cache_mode' and source = 'default' and pg_backend_pid() = @process
        """;

    /// <summary>With our defaults; each statement is planned each time for the tables as they are.</summary>
    public static NpgsqlDataSource Create(string connectionString) => Create(connectionString, PlanEachTime);

    /// <summary>With our defaults, for statements whose plan is right whatever is in the tables: it is made once on each connection.</summary>
    public static NpgsqlDataSource CreateKeepingPlans(string connectionString) => Create(connectionString, KeepPlans);

    /// <summary>
    /// Packages run a few statements over and over: reading each anew, and resetting sessions in which nothing was set, is half of
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

    private static NpgsqlDataSource Create(string connectionString, string planMode)
    {
        var builder = new NpgsqlDataSourceBuilder(WithDefaults(connectionString));
        if (builder.ConnectionStringBuilder.MaxAutoPrepare > 0)
        {
            builder.UsePhysicalConnectionInitializer(
                connection =>
                {
                    using var command = Planning(connection, planMode);
                    command.ExecuteNonQuery();
                },
                async connection =>
                {
                    var command = Planning(connection, planMode);
                    await using var _ = command.ConfigureAwait(false);
                    await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                });
        }

        return builder.Build();
    }

    private static NpgsqlCommand Planning(NpgsqlConnection connection, string planMode)
    {
        var command = new NpgsqlCommand(SetPlanMode, connection);
        command.Parameters.Add(new NpgsqlParameter<string>("mode", planMode));
        command.Parameters.Add(new NpgsqlParameter<int>("process", connection.ProcessID));
        return command;
    }

    private static void Default(NpgsqlConnectionStringBuilder builder, string key, object value)
    {
        if (!builder.ShouldSerialize(key))
        {
            builder[key] = value;
        }
    }
}
