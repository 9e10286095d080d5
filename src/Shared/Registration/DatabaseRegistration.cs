using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Jamail.Shared;

internal static class DatabaseRegistration
{
    /// <summary>What packages of one host share they find under this key, by types of the framework and of Npgsql.</summary>
    public const string SharedKey = "jamail";

    /// <summary>The data source whose connections keep their plans.</summary>
    private const string KeepingPlansKey = "jamail-keeping-plans";

    /// <summary>The data source that has none of our defaults; used when a pooler is found.</summary>
    private const string AsGivenKey = "jamail-as-given";

    /// <summary>
    /// Adds the package's way to the database: <see cref="Database"/>, <see cref="Statements"/>, its migrations at start,
    /// <see cref="CommitSignal"/>. The host's settings must have been added.
    /// </summary>
    public static IServiceCollection AddJamailDatabase(this IServiceCollection services, DatabasePackage package)
    {
        services.TryAddKeyedSingleton(SharedKey, (provider, _) => PostgresDataSource.Create(Settings(provider).Target));
        services.TryAddKeyedSingleton(KeepingPlansKey, (provider, _) => PostgresDataSource.CreateKeepingPlans(Settings(provider).Target));
        services.TryAddKeyedSingleton(AsGivenKey, (provider, _) => NpgsqlDataSource.Create(Settings(provider).Target));
        services.TryAddKeyedSingleton(SharedKey, (_, _) => new SemaphoreSlim(1, 1));
        services.TryAddSingleton(package);
        services.TryAddSingleton(provider => DatabaseSettings.Resolve(
            provider.GetRequiredService<IOptions<JamailHostOptions>>().Value,
            provider.GetService<IHostEnvironment>()?.ContentRootPath ?? AppContext.BaseDirectory));
        services.TryAddSingleton(CreateDatabase);
        services.TryAddSingleton(provider => new Statements(SqlFiles.Load(
            package.Assembly, package.SqlNames, Settings(provider).Dialect, Settings(provider).TablePrefix)));
        services.TryAddSingleton(provider => new MigrationRunner(
            provider.GetRequiredService<Database>(),
            package.Name,
            Settings(provider).Schema,
            Migration.LoadAll(package.Assembly, Settings(provider).Dialect, Settings(provider).TablePrefix),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => CommitSignals.Create(
            provider.GetRequiredService<Database>(), package.Name, provider.GetRequiredService<TimeProvider>(), Logger(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseStartup>(provider => new DatabaseStartup(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<MigrationRunner>(),
            provider.GetRequiredService<IOptions<JamailHostOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            Logger(provider))));
        return services;
    }

    public static ILogger Logger(IServiceProvider provider) =>
        provider.GetService<ILoggerFactory>()?.CreateLogger(provider.GetRequiredService<DatabasePackage>().LogCategory)
        ?? NullLogger.Instance;

    private static DatabaseSettings Settings(IServiceProvider provider) =>
        provider.GetRequiredService<DatabaseSettings>();

    private static Database CreateDatabase(IServiceProvider provider) =>
        Settings(provider) switch
        {
            { Dialect: SqlDialect.Postgres, Schema: var schema, Target: var given } => new PostgresDatabase(
                new PostgresConnections(
                    provider.GetRequiredKeyedService<NpgsqlDataSource>(SharedKey),
                    () => provider.GetRequiredKeyedService<NpgsqlDataSource>(KeepingPlansKey),
                    () => provider.GetRequiredKeyedService<NpgsqlDataSource>(AsGivenKey),
                    given,
                    Logger(provider)),
                schema),
            { Target: var file } => new SqliteDatabase(file, provider.GetRequiredKeyedService<SemaphoreSlim>(SharedKey)),
        };
}
