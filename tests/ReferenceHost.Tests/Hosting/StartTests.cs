using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("host");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Missing_settings_are_named_all_at_once()
    {
        var output = await RunningHost.RefuseAsync(new Dictionary<string, string>
        {
            ["Jamail__DataDirectory"] = _folder.Path,
            ["Jamail__Webhooks__Concurrency"] = "0",
            ["Jamail__Mail__Attempts"] = "0",
        });

        Assert.Contains("Jamail:Redis is not set", output, StringComparison.Ordinal);
        Assert.Contains("Jamail:Database is not set", output, StringComparison.Ordinal);
        Assert.Contains("Jamail:Keys is not set", output, StringComparison.Ordinal);
        Assert.Contains("openssl rand -base64 32", output, StringComparison.Ordinal);
        Assert.Contains("Concurrency", output, StringComparison.Ordinal);
        Assert.Contains("Attempts", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_redis_server_to_be_found_the_host_says_what_to_install_or_to_set()
    {
        var settings = HostSettings.Embedded(_folder);
        settings["PATH"] = _folder.Path;

        var output = await RunningHost.RefuseAsync(settings);

        Assert.Contains("apt-get install redis-server", output, StringComparison.Ordinal);
        Assert.Contains("Jamail:Redis", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_and_not_shown()
    {
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        settings["Jamail__Keys__0__Key"] = "canary-that-is-no-key";
        settings["Jamail__ApiKeys__shop__Key"] = "canary-short";

        var output = await RunningHost.RefuseAsync(settings);

        Assert.Contains("Jamail:Keys:0:Key is not base64 of 32 bytes", output, StringComparison.Ordinal);
        Assert.Contains("Jamail:ApiKeys:shop:Key has 12 characters", output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", output, StringComparison.Ordinal);
    }
}
