using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

public sealed class SecuredRedisTests
{
    private const string Queue = "secured";

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Both_sides_share_a_queue_behind_a_password(string major)
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { Password = "s3cret-w0rd" });
        await using var node = await NodeClient.StartAsync(major, redis);
        await using var host = await JamailHost.WorkAsync(redis, Queue, ("Jamail:Redis", redis.Url));

        var result = await node.CallAsync("addAndWait", Queue, "work", new { number = 4 }, new { });

        Assert.Equal(4, result.GetProperty("number").GetInt32());
    }

    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task Both_sides_share_a_queue_over_tls_when_they_trust_its_authority(string major)
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { Password = "p:a/s?", Tls = true });
        await using var node = await NodeClient.StartAsync(major, redis);
        var url = redis.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Assert.StartsWith("rediss://", url, StringComparison.Ordinal);
        await using var host = await JamailHost.WorkInChildAsync(
            redis, Queue, new Dictionary<string, string> { ["SSL_CERT_FILE"] = redis.Tls!.Authority }, ("Jamail:Redis", url));

        var result = await node.CallAsync("addAndWait", Queue, "work", new { number = 4 }, new { });

        Assert.Equal(4, result.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_server_of_an_unknown_authority_is_not_spoken_to()
    {
        await using var redis = await RedisServer.StartNewAsync(new RedisServerOptions { Password = "s3cret-w0rd", Tls = true });
        await using var host = await JamailHost.ProduceAsync(redis, Queue, ("Jamail:Redis", redis.Url));

        await Assert.ThrowsAsync<JobQueueException>(() => host.Inspector.GetCountsAsync());
    }

    [Theory, InlineData("redis://alice:pw@127.0.0.1:1"), InlineData("rediss://alice:pw@127.0.0.1:1")]
    public async Task A_user_name_is_refused_with_the_reason_and_without_the_password(string url)
    {
        var error = await Record.ExceptionAsync(async () =>
        {
            await using var host = await JamailHost.ProduceAsync(RedisServer.Shared, Queue, ("Jamail:Redis", url));
            await host.Queue.AddAsync("work", new Work());
        });

        Assert.NotNull(error);
        Assert.Contains("StackExchange.Redis", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", error.Message, StringComparison.Ordinal);
    }
}
