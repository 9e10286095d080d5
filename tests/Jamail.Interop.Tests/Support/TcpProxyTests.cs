using Jamail.TestSupport;
using StackExchange.Redis;

namespace Jamail.Interop.Tests.Support;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private readonly FakeClock clock = new();
    private readonly TcpProxy proxy;
    private readonly string key = $"proxy-{Guid.NewGuid():N}";
    private ConnectionMultiplexer connection = null!;

    public TcpProxyTests() => proxy = TcpProxy.To(RedisServer.Shared, clock);

    public async Task InitializeAsync() => connection = await ConnectAsync();

    public async Task DisposeAsync()
    {
        connection.Dispose();
        await proxy.DisposeAsync();
    }

    [Fact]
    public async Task Bytes_pass_both_ways_and_are_counted()
    {
        await connection.GetDatabase().StringSetAsync(key, new string('x', 200_000));
        Assert.Equal(200_000, (await connection.GetDatabase().StringGetAsync(key)).ToString().Length);
        Assert.True(proxy.BytesToServer > 200_000 && proxy.BytesToClient > 200_000);
        Assert.InRange(proxy.OpenConnections, 1, proxy.ConnectionsAccepted);
    }

    [Fact]
    public async Task A_dropped_reply_leaves_the_command_done_and_the_client_without_an_answer()
    {
        var marked = System.Text.Encoding.ASCII.GetBytes("INCRBY");
        proxy.DropReplies(1, request => request.Span.IndexOf(marked) >= 0 || request.Span.IndexOf("INCR"u8) >= 0);
        await Assert.ThrowsAnyAsync<RedisException>(
            () => connection.GetDatabase().StringIncrementAsync(key).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(1, proxy.RepliesDropped);
        Assert.Equal(1, (long)await RedisServer.Shared.Database.StringGetAsync(key));
    }

    [Fact]
    public async Task Cut_connections_are_made_again_and_refused_ones_only_after_accept()
    {
        proxy.Refuse();
        await Eventually.Equal(0, () => proxy.OpenConnections, "the number of open connections");
        await Assert.ThrowsAnyAsync<RedisException>(ConnectAsync);
        proxy.Accept();
        await Eventually.True(async () => await connection.GetDatabase().PingAsync() > TimeSpan.Zero, "an answer");
    }

    [Fact]
    public async Task A_delay_applies_to_each_way()
    {
        proxy.DelayToServer = TimeSpan.FromMilliseconds(60);
        proxy.DelayToClient = TimeSpan.FromMilliseconds(40);
        var answer = connection.GetDatabase().StringIncrementAsync(key);

        await clock.WhenTimersAsync();
        clock.Advance(TimeSpan.FromMilliseconds(59));
        Assert.False(await RedisServer.Shared.Database.KeyExistsAsync(key), "The command reached Redis before its delay.");
        clock.Advance(TimeSpan.FromMilliseconds(1));

        await clock.WhenTimersAsync();
        Assert.Equal(1, (long)await RedisServer.Shared.Database.StringGetAsync(key));
        clock.Advance(TimeSpan.FromMilliseconds(39));
        Assert.False(answer.IsCompleted, "The reply arrived before its delay.");
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await answer.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private Task<ConnectionMultiplexer> ConnectAsync() =>
        ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{proxy.Port},connectTimeout=2000,connectRetry=1");
}
