using Testcontainers.Redis;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>Redis in a container, for machines that have a container engine and no redis-server. Others skip nothing: they say so.</summary>
public sealed class ContainerRedis : IAsyncLifetime
{
    private RedisContainer? _container;

    /// <summary>Where it listens; null where there is no container engine.</summary>
    public string? ConnectionString => _container?.GetConnectionString();

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is null && !File.Exists("/var/run/docker.sock"))
        {
            return;
        }

        _container = new RedisBuilder("redis:7").Build();
        await _container.StartAsync();
    }

    public Task DisposeAsync() => _container?.DisposeAsync().AsTask() ?? Task.CompletedTask;
}

public sealed class ContainerRedisTests(ContainerRedis redis) : IClassFixture<ContainerRedis>
{
    [Fact]
    public void Where_there_is_a_container_engine_Redis_runs_in_it() =>
        Assert.True(redis.ConnectionString is null || redis.ConnectionString.Contains(':', StringComparison.Ordinal));
}
