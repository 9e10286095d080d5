using System.Globalization;
using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Access;

public sealed class ExposureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("host");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_host_that_others_can_reach_does_not_start_without_a_key()
    {
        var output = await RunningHost.RefuseAsync(await HostSettings.ForAsync(Store.Sqlite, _folder), Everywhere());

        Assert.Contains("other machines can reach", output, StringComparison.Ordinal);
        Assert.Contains("Jamail:ApiKey", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_starts_when_a_key_is_set()
    {
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        settings["Jamail__ApiKey"] = "a-key-of-enough-letters";

        await using var host = await RunningHost.LaunchAsync(settings, Everywhere());

        (await host.Api.GetAsync("/api/queues")).Expect(401);
    }

    [Fact]
    public async Task It_starts_when_everybody_is_allowed_and_says_so_loudly()
    {
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        settings["Jamail__AllowAnonymous"] = "true";

        await using var host = await RunningHost.LaunchAsync(settings, Everywhere());

        (await host.Api.GetAsync("/api/queues", ("Origin", "https://elsewhere.example"))).Expect(200);
        Assert.Contains("everybody who can reach this host", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_on_loopback_serves_this_machine_and_no_web_page_of_another_origin()
    {
        await using var host = await RunningHost.StartAsync(await HostSettings.ForAsync(Store.Sqlite, _folder));

        (await host.Api.GetAsync("/api/queues")).Expect(200);
        (await host.Api.PostAsync("/api/queues/email-sending/pause", null, ("Origin", "https://elsewhere.example"))).Expect(403, "Origin");
        (await host.Api.GetAsync("/api/queues", ("Host", "elsewhere.example"))).Expect(403, "Host");
        (await host.Api.GetAsync("/api/queues", ("X-Forwarded-For", "10.0.0.1"))).Expect(403, "X-Forwarded-For");
        (await host.Api.GetAsync("/api/queues", ("Sec-Fetch-Site", "cross-site"))).Expect(403, "Sec-Fetch-Site");
        Assert.Contains("No API key is set", host.Output, StringComparison.Ordinal);
    }

    private static string Everywhere() => string.Create(CultureInfo.InvariantCulture, $"http://0.0.0.0:{Ports.Free()}");
}
