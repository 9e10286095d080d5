using System.Globalization;
using Dapper;
using Jamail.Shared;
using Jamail.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jamail.Webhooks.Tests.Integration;

public class PreparedStatementTests
{
    [Fact]
    public async Task A_statement_that_comes_again_is_prepared()
    {
        await using var tables = await Tables.CreateAsync();

        var prepared = 0L;
        for (var i = 0; i < 3; i++)
        {
            prepared = await tables.Database.ReadAsync(
                async (connection, _) =>
                {
                    await connection.QueryAsync("select id, note from thing");
                    return await connection.ExecuteScalarAsync<long>(
                        "select count(*) from pg_prepared_statements where statement like '%from thing'");
                },
                default);
        }

        Assert.Equal(1, prepared);
    }

    [Fact]
    public async Task A_table_that_is_altered_under_prepared_statements_disturbs_neither_reading_nor_writing()
    {
        await using var tables = await Tables.CreateAsync();
        for (var i = 0; i < 3; i++)
        {
            await tables.ReadOnManyConnectionsAsync();
            await tables.WriteAsync();
        }

        await tables.ExecuteAsync("alter table thing alter column note type integer using 7");
        Assert.All(await tables.ReadOnManyConnectionsAsync(), note => Assert.Equal(7, note));

        await tables.ExecuteAsync("alter table thing alter column note type text using 'eight'");
        Assert.Equal("eight", await tables.WriteAsync());
        Assert.Equal(4, await tables.Database.ReadAsync(
            (connection, _) => connection.ExecuteScalarAsync<int>("select writes from written"), default));
    }

    [Fact]
    public async Task A_statement_that_fails_while_it_is_being_prepared_does_not_spoil_its_connection()
    {
        await using var tables = await Tables.CreateAsync();
        Task<IEnumerable<int>> FindAsync(string note) => tables.Database.ReadAsync(
            (connection, _) => connection.QueryAsync<int>("select 7 where @note::text = 'good'", new { note }), default);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("22021", (await Assert.ThrowsAsync<PostgresException>(() => FindAsync("bad\0"))).SqlState);
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal([7], await FindAsync("good"));
        }
    }

    [Theory]
    [InlineData("", "", "force_custom_plan")]
    [InlineData("", "alter database {0} set plan_cache_mode = force_generic_plan", "force_generic_plan")]
    [InlineData("Options=-c plan_cache_mode=auto", "", "auto")]
    [InlineData("Max Auto Prepare=0", "", "auto")]
    public async Task A_prepared_statement_is_planned_for_the_tables_as_they_are(string setting, string database, string expected)
    {
        await using var tables = await Tables.CreateAsync(setting, database);

        Assert.Equal(expected, await tables.Database.ReadAsync(
            (connection, _) => connection.ExecuteScalarAsync<string>("show plan_cache_mode"), default));
    }

    [Fact]
    public async Task Two_statements_of_one_command_are_stored_both_or_not_at_all()
    {
        await using var tables = await Tables.CreateAsync();

        Task<int> InsertAsync(int second) => tables.Database.WriteOnceAsync(
            (connection, transaction, _) => connection.ExecuteAsync(
                "insert into thing values (@first, 'a'); insert into thing values (@second, 'b')",
                new { first = 2, second },
                transaction),
            default);

        await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(second: 1));
        Assert.Equal(2, await InsertAsync(second: 3));
    }

    [Fact]
    public async Task A_host_behind_an_old_pooler_prepares_nothing_and_says_so()
    {
        await using var pooler = await PgBouncer.StartAsync(await PostgresServer.Shared.CreateDatabaseAsync());
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            Databases.Postgres, settings => settings["Jamail:Database"] = pooler.ConnectionString);
        await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = sink.Url });

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => host.Publisher.PublishAsync("order.paid", new { i })));

        Assert.Equal(60, (await host.ArrivalAsync(sink, 60)).Count);
        Assert.Contains("A pooler stands between", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_a_pooler_says_nothing_of_one()
    {
        await using var host = await WebhookHost.StartAsync(Databases.Postgres);

        await host.Publisher.PublishAsync("order.paid", new { });

        Assert.DoesNotContain("pooler", host.Log.Text, StringComparison.Ordinal);
    }

    private sealed class Tables : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _source;
        private readonly NpgsqlDataSource _keeping;
        private readonly string _direct;

        private Tables(string direct)
        {
            _direct = direct;
            _source = PostgresDataSource.Create(direct);
            _keeping = PostgresDataSource.CreateKeepingPlans(direct);
            Database = new PostgresDatabase(
                new PostgresConnections(
                    _source, () => _keeping, () => throw new InvalidOperationException("No pooler here."), direct, NullLogger.Instance),
                "public");
            Database.MarkReady("test");
        }

        public PostgresDatabase Database { get; }

        public static async Task<Tables> CreateAsync(string setting = "", string database = "")
        {
            var direct = await PostgresServer.Shared.CreateDatabaseAsync();
            var tables = new Tables($"{direct};{setting}");
            if (database.Length > 0)
            {
                await using var connection = new NpgsqlConnection(direct);
                await connection.ExecuteAsync(string.Format(CultureInfo.InvariantCulture, database, connection.Database));
            }

            await tables.ExecuteAsync("""
                create table thing (id integer primary key, note text not null);
                create table written (writes integer not null);
                insert into thing values (1, 'one');
                insert into written values (0)
                """);
            return tables;
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(_direct);
            await connection.ExecuteAsync(sql);
        }

        /// <summary>Four connections at once, so that each has its own prepared statement.</summary>
        public async Task<object[]> ReadOnManyConnectionsAsync()
        {
            using var all = new Barrier(4);
            return await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Database.ReadAsync(
                async (connection, _) =>
                {
                    all.SignalAndWait(TimeSpan.FromSeconds(5), CancellationToken.None);
                    return (await connection.ExecuteScalarAsync<object>("select note from thing where id = @id", new { id = 1 }))!;
                },
                default))));
        }

        public Task<string> WriteAsync() => Database.WriteAsync(
            async (transaction, _) =>
            {
                var connection = transaction.Connection!;
                await connection.ExecuteAsync("update written set writes = writes + 1", transaction: transaction);
                return (await connection.ExecuteScalarAsync<string>(
                    "update thing set id = 1 returning note", transaction: transaction))!;
            },
            default);

        public async ValueTask DisposeAsync()
        {
            await _source.DisposeAsync();
            await _keeping.DisposeAsync();
        }
    }
}
