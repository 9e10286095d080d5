using Jamail.TestSupport;
using Npgsql;
using StackExchange.Redis;

namespace Jamail.Interop.Tests.Support;

public sealed class ServersTests
{
    [Fact]
    public async Task A_redis_server_with_an_append_only_file_keeps_its_data_over_a_kill()
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { AppendOnly = true });
        await redis.Database.StringSetAsync("kept", "yes");
        var port = redis.Port;

        await redis.KillAsync();
        await redis.StartAsync();

        Assert.Equal(port, redis.Port);
        Assert.Equal("yes", await redis.Database.StringGetAsync("kept")); // The connection of the test is back, too.
    }

    [Fact]
    public async Task A_redis_server_without_one_starts_empty()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await redis.Database.StringSetAsync("lost", "yes");
        await redis.StopAsync();
        await redis.StartAsync();
        Assert.Equal(0L, (long)await redis.Database.ExecuteAsync("DBSIZE"));
    }

    [Fact]
    public async Task A_redis_server_can_ask_for_tls_and_a_password()
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { Tls = true, Password = "a:b/c" });
        await redis.Database.StringSetAsync("key", "value");

        Assert.StartsWith("rediss://:a%3Ab%2Fc@127.0.0.1:", redis.Url, StringComparison.Ordinal);
        Assert.Equal("value", await redis.Database.StringGetAsync("key"));
        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(
            $"127.0.0.1:{redis.Port},ssl=true,sslHost=localhost,connectTimeout=2000,password=a:b/c"));
    }

    [Fact]
    public async Task A_paused_redis_server_answers_after_it_is_resumed()
    {
        await using var redis = await RedisServer.StartNewAsync();
        await redis.Database.PingAsync();
        redis.Pause();
        var ping = redis.Database.PingAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => ping.WaitAsync(TimeSpan.FromMilliseconds(300)));
        redis.Resume();
        await ping.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Databases_of_one_postgres_server_are_apart()
    {
        await using var first = NpgsqlDataSource.Create(await PostgresServer.Shared.CreateDatabaseAsync());
        await using var second = NpgsqlDataSource.Create(await PostgresServer.Shared.CreateDatabaseAsync());
        await using var create = first.CreateCommand("create table thing (id int)");
        await create.ExecuteNonQueryAsync();
        await using var look = second.CreateCommand("select to_regclass('thing') is null");
        Assert.Equal(true, await look.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_postgres_server_keeps_committed_rows_over_a_stop_and_a_kill()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var database = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        await using (var create = database.CreateCommand("create table thing as select 1 as id"))
        {
            await create.ExecuteNonQueryAsync();
        }

        await server.StopAsync();
        await server.StartAsync();
        await server.KillAsync();
        await server.StartAsync();

        await Eventually.Equal<object?>(1L, async () =>
        {
            await using var count = database.CreateCommand("select count(*) from thing");
            return await count.ExecuteScalarAsync();
        }, "the number of rows");
    }
}
