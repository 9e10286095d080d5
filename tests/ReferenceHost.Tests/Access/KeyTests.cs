using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Access;

public sealed class KeyTests : IAsyncLifetime, IDisposable
{
    private const string Master = "master-key-0123456789";
    private const string Old = "old-key-0123456789abc";
    private const string Shop = "shop-key-0123456789ab";

    private readonly TemporaryFolder _folder = new("host");
    private RunningHost _host = null!;

    public async Task InitializeAsync()
    {
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        settings["Jamail__ApiKey"] = Master;
        settings["Jamail__ApiKeys__old__Key"] = Old;
        settings["Jamail__ApiKeys__shop__Key"] = Shop;
        settings["Jamail__ApiKeys__shop__Tenant"] = "shop";
        _host = await RunningHost.StartAsync(settings);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_key_nobody_is_served()
    {
        var refused = (await _host.Api.GetAsync("/api/templates")).Expect(401, "Authorization");

        Assert.Equal("Bearer", refused.Headers["WWW-Authenticate"]);
        (await _host.Api.GetAsync("/api/templates", ("Authorization", "Bearer wrong"))).Expect(401);
        (await _host.Api.GetAsync("/api/templates", ("Authorization", $"Basic {Master}"))).Expect(401);
        (await _host.Api.GetAsync("/api/templates", ("X-Api-Key", ""))).Expect(401);
    }

    [Fact]
    public async Task A_caller_without_a_key_learns_nothing_about_its_body()
    {
        (await _host.Api.PostAsync("/api/templates", new { })).Expect(401);
    }

    [Fact]
    public async Task Every_key_opens_in_both_headers()
    {
        foreach (var key in (string[])[Master, Old, Shop])
        {
            (await _host.Api.GetAsync("/api/templates", ("Authorization", $"Bearer {key}"))).Expect(200);
            (await _host.Api.GetAsync("/api/templates", ("X-Api-Key", key))).Expect(200);
        }
    }

    [Fact]
    public async Task The_key_decides_the_tenant_and_the_header_does_not()
    {
        var created = (await _host.Api.PostAsync("/api/templates", Templates.Welcome(), ("X-Api-Key", Shop))).Expect(201);

        (await _host.Api.GetAsync($"/api/templates/{created.Id}", ("X-Api-Key", Shop))).Expect(200);
        (await _host.Api.GetAsync($"/api/templates/{created.Id}", ("X-Api-Key", Master))).Expect(404);
        (await _host.Api.GetAsync($"/api/templates/{created.Id}", ("X-Api-Key", Master), ("X-Tenant", "shop"))).Expect(404);
    }

    [Fact]
    public async Task Health_is_for_everybody()
    {
        (await _host.Api.GetAsync("/health/live")).Expect(200);
        (await _host.Api.GetAsync("/health/ready")).Expect(200);
    }
}
