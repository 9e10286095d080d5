using Jamail.TestSupport;
using Npgsql;

namespace Jamail.Webhooks.Tests.Integration;

/// <summary>Both kinds of database, empty, for one test.</summary>
internal static class Databases
{
    public const string Postgres = "postgres";
    public const string Sqlite = "sqlite";

    private static readonly Lazy<Task<string>> SharedPostgres = new(() => PostgresServer.Shared.CreateDatabaseAsync());

    public static TheoryData<string> All { get; } = [Postgres, Sqlite];

    /// <summary>The settings of a host whose tables nobody else uses.</summary>
    public static async Task<Dictionary<string, string?>> SettingsAsync(string kind, TemporaryFolder folder) => kind == Sqlite
        ? new() { ["Jamail:Database"] = $"Data Source={folder.File("jamail.db")}" }
        : new()
        {
            ["Jamail:Database"] = new NpgsqlConnectionStringBuilder(await SharedPostgres.Value) { MaxPoolSize = 10 }.ConnectionString,
            ["Jamail:DatabaseSchema"] = $"t{Guid.NewGuid():N}",
        };
}
