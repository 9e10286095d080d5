using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Jamail.Interop.Tests.Transactions;

/// <summary>Hosts with own jobs in own transactions, over one database.</summary>
internal sealed class TransactionHost(IHost host, string database) : IAsyncDisposable
{
    public const string Queue = "own";

    public IJobTransactions Transactions => host.Services.GetRequiredService<IJobTransactions>();

    public IJobQueueInspector Inspector => host.Services.GetRequiredService<IJobQueues>().Inspect(Queue);

    public static async Task<string> NewDatabaseAsync(string kind, TemporaryFolder folder) => kind == "postgres"
        ? await PostgresServer.Shared.CreateDatabaseAsync()
        : $"Data Source={folder.File($"{Guid.NewGuid():N}.db")}";

    public static async Task<TransactionHost> StartAsync(
        string database,
        TemporaryFolder folder,
        string prefix,
        Func<IJobTransactions, Job<JsonElement>, CancellationToken, Task<JobOutcome>>? work = null,
        string? redis = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Jamail:Redis"] = redis ?? RedisServer.Shared.ConnectionString,
            ["Jamail:Database"] = database,
            ["Jamail:DataDirectory"] = folder.Path,
            ["Jamail:Queueing:Prefix"] = prefix,
            [$"Jamail:Queueing:Workers:{Queue}:LockDuration"] = "00:00:00.250",
            [$"Jamail:Queueing:Workers:{Queue}:StalledInterval"] = "00:00:00.250",
            ["Jamail:Keys:0:Id"] = "k1",
            ["Jamail:Keys:0:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Jamail:Mail:Mode"] = "Sandbox",
            ["Jamail:Mail:From"] = "shop@example.com",
        });
        builder.Services.AddJamail().UseJobTransactions().UseJobTransactions().Queueing(queueing =>
        {
            if (work is not null)
            {
                queueing.AddQueue(Queue).AddProcessor<JsonElement, Processor>();
                queueing.Services.AddSingleton(work);
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return new TransactionHost(host, database);
    }

    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = database.StartsWith("Data Source", StringComparison.Ordinal)
            ? new SqliteConnection(database + ";Default Timeout=30")
            : new NpgsqlConnection(database);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<long> CountAsync(string table)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {table}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, null, sql);
    }

    public static async Task ExecuteAsync(DbConnection connection, DbTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private sealed class Processor(
        IJobTransactions transactions, Func<IJobTransactions, Job<JsonElement>, CancellationToken, Task<JobOutcome>> work)
        : IJobProcessor<JsonElement>
    {
        public Task<JobOutcome> ProcessAsync(Job<JsonElement> job, CancellationToken cancellationToken) =>
            work(transactions, job, cancellationToken);
    }
}
