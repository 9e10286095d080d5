using Jamail.TestSupport;

namespace ReferenceHost.Tests.Support;

/// <summary>One host for each database, for the tests that do not disturb one another.</summary>
internal static class Hosts
{
    private static readonly Lazy<Task<RunningHost>> OnSqlite = new(() => StartAsync(Store.Sqlite));
    private static readonly Lazy<Task<RunningHost>> OnPostgres = new(() => StartAsync(Store.Postgres));

    public static async Task<Api> ApiAsync(Store store) =>
        (await (store == Store.Sqlite ? OnSqlite : OnPostgres).Value).Api;

    private static async Task<RunningHost> StartAsync(Store store)
    {
        var settings = await HostSettings.ForAsync(store, new TemporaryFolder("host"));
        settings["Jamail:Webhooks:MaxEndpointsPerTenant"] = "0"; // Those of all tests together are more than a tenant has.
        return await RunningHost.StartAsync(settings);
    }
}
