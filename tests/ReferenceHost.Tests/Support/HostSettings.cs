using System.Globalization;
using Jamail.TestSupport;

namespace ReferenceHost.Tests.Support;

/// <summary>Settings of a host in production: real Redis, real database, a prefix of its own in Redis.</summary>
internal static class HostSettings
{
    public const string Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    public static async Task<Dictionary<string, string>> ForAsync(Store store, TemporaryFolder folder) => new()
    {
        ["Jamail__Redis"] = RedisServer.Shared.ConnectionString,
        ["Jamail__Database"] = store == Store.Sqlite
            ? $"Data Source={folder.File("jamail.db")}"
            : await PostgresServer.Shared.CreateDatabaseAsync(),
        ["Jamail__Keys__0__Id"] = "k1",
        ["Jamail__Keys__0__Key"] = Key,
        ["Jamail__DataDirectory"] = folder.Path,
        ["Jamail__Queueing__Prefix"] = $"test-{Guid.NewGuid():N}",
        ["Jamail__Mail__Mode"] = "Sandbox",
        ["Jamail__Mail__From"] = "shop@example.com",
        ["Jamail__Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
        ["Jamail__Webhooks__RetrySchedule__0"] = "00:00:00.200",
        ["Jamail__Webhooks__RetrySchedule__1"] = "00:00:00.200",
    };

    /// <summary>Settings of <c>eng/run.sh</c>: nothing but a folder.</summary>
    public static Dictionary<string, string> Embedded(TemporaryFolder folder) => new()
    {
        ["Jamail__Embedded"] = "true",
        ["Jamail__DataDirectory"] = folder.Path,
    };

    public static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
