using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Access;

/// <summary>A host with a key for everything, one of staff with scopes of its own, and one of a tenant.</summary>
public sealed class KeyedHost : IAsyncLifetime, IDisposable
{
    public const string Master = "master-key-0123456789";
    public const string Old = "old-key-0123456789abc";
    public const string Staff = "staff-key-0123456789a";
    public const string Shop = "shop-key-0123456789ab";

    private readonly TemporaryFolder _folder = new("host");
    private RunningHost _host = null!;

    internal Api Api => _host.Api;

    public async Task InitializeAsync()
    {
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        settings["Jamail__ApiKey"] = Master;
        settings["Jamail__ApiKeys__old__Key"] = Old;
        settings["Jamail__ApiKeys__shop__Key"] = Shop;
        settings["Jamail__ApiKeys__shop__Tenant"] = "shop";
        settings["Jamail__ApiKeys__staff__Key"] = Staff;
        settings["Jamail__ApiKeys__staff__Scopes__0"] = "emails:force";
        settings["Jamail__ApiKeys__staff__Scopes__1"] = "webhooks:secrets";
        _host = await RunningHost.StartAsync(settings);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}
