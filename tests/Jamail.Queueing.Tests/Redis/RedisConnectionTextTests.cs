using System.Net;

namespace Jamail.Queueing.Tests.Redis;

public sealed class RedisConnectionTextTests
{
    [Theory]
    [InlineData("redis://cache.example", "cache.example", 6379, false, null, null)]
    [InlineData("redis://:p%40ss%3Aw@cache.example:7000/3", "cache.example", 7000, false, "p@ss:w", 3)]
    [InlineData("rediss://default:secret@cache.example:7000", "cache.example", 7000, true, "secret", null)]
    [InlineData("cache.example:7000,password=secret,ssl=true,defaultDatabase=3", "cache.example", 7000, true, "secret", 3)]
    public void Both_ways_to_write_a_server_are_read(
        string text, string host, int port, bool tls, string? password, int? database)
    {
        var options = RedisConnectionText.Parse(text);

        var endPoint = Assert.IsType<DnsEndPoint>(Assert.Single(options.EndPoints));
        Assert.Equal((host, port), (endPoint.Host, endPoint.Port));
        Assert.Equal((tls, password, database), (options.Ssl, options.Password, options.DefaultDatabase));
    }

    [Theory]
    [InlineData("redis://alice:canary@cache.example", "StackExchange.Redis")]
    [InlineData("cache.example:7000,user=alice,password=canary", "StackExchange.Redis")]
    [InlineData("redis://:canary@", "address")]
    [InlineData("redis://:canary@cache.example/first", "database number")]
    [InlineData("redis://:canary@cache.example?tls=1", "query")]
    [InlineData("http://:canary@cache.example", "scheme")]
    [InlineData("cache.example:7000,passwort=canary", "cannot be read")]
    [InlineData("password=canary", "names no server")]
    public void What_cannot_be_read_is_refused_without_telling_the_password(string text, string part)
    {
        var error = Assert.Throws<FormatException>(() => RedisConnectionText.Parse(text));

        Assert.Contains("Jamail:Redis", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }
}
