namespace Jamail.Queueing.Tests.Redis;

public sealed class RedisServerCheckTests
{
    [Theory]
    [InlineData("7.0.15", "noeviction", null)]
    [InlineData("7.0.15", "allkeys-lru", "allkeys-lru")]
    [InlineData("6.0.9", "noeviction", "6.0.9")]
    public void A_server_that_loses_jobs_or_is_too_old_is_warned_about(string version, string policy, string? part)
    {
        var warning = RedisServerCheck.Warning(
            $"# Server\r\nredis_version:{version}\r\nredis_mode:standalone\r\n",
            $"# Memory\r\nmaxmemory:0\r\nmaxmemory_policy:{policy}\r\n");

        Assert.Equal(part is null, warning is null);
        Assert.Contains(part ?? "", warning ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_are_found_by_their_name_alone() => Assert.Equal(
        [7L, 12L],
        ClientList.IdsOf(
            "id=7 addr=1 name=jamail-a db=0\nid=8 addr=1 name=jamail-ab db=0\nid=9 addr=1 name= db=0\nid=12 addr=2 name=jamail-a db=0\n",
            "jamail-a"));
}
