namespace Jamail.Queueing.Tests.Redis;

public sealed class RedisServerCheckTests
{
    [Theory]
    [InlineData("7.0.15", "noeviction", 0, null)]
    [InlineData("7.0.15", "noeviction", 1200, null)]
    [InlineData("7.0.15", "noeviction", 1050, "95 % of its maxmemory")]
    [InlineData("7.0.15", "allkeys-lru", 0, "allkeys-lru")]
    [InlineData("6.0.9", "noeviction", 0, "6.0.9")]
    public void A_server_that_loses_or_refuses_jobs_or_is_too_old_is_warned_about(
        string version, string policy, int maxMemory, string? part)
    {
        var warning = RedisServerCheck.Warning(
            $"# Server\r\nredis_version:{version}\r\nredis_mode:standalone\r\n",
            $"# Memory\r\nused_memory:1000\r\nmaxmemory:{maxMemory}\r\nmaxmemory_policy:{policy}\r\n");

        Assert.Equal(part is null, warning is null);
        Assert.Contains(part ?? "", warning ?? "", StringComparison.Ordinal);
    }
}
