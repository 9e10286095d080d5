using StackExchange.Redis;
using Testcontainers.Redis;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>Redis in a container, for machines that have a container engine and no redis-server.</summary>
public sealed class ContainerRedis : IAsyncLifetime
{
    private readonly Lazy<RedisContainer> _container = new(() => new RedisBuilder("redis:7").Build());

    public string ConnectionString => _container.Value.GetConnectionString();

    public Task InitializeAsync() => _container.Value.StartAsync();

    public Task DisposeAsync() => _container.IsValueCreated ? _container.Value.DisposeAsync().AsTask() : Task.CompletedTask;
}

public sealed class ContainerRedisTests
{
    [ContainerFact]
    public async Task Redis_runs_in_a_container_and_answers()
    {
        var redis = new ContainerRedis();
        try
        {
            await redis.InitializeAsync();
            using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
            await connection.GetDatabase().PingAsync();
        }
        finally
        {
            await redis.DisposeAsync();
        }
    }
}
