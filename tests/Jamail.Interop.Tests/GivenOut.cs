using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Interop.Tests;

/// <summary>When Redis gave the jobs of a queue out, by its own clock: that of the limit, and not that of a worker.</summary>
internal static class GivenOut
{
    /// <summary>A window begins with its first job. Redis reads its clock once per command.</summary>
    public static async Task AssertWindowsAsync(IDatabase database, string queue, int jobs, int windowMs)
    {
        var taken = await ReadAsync(database, queue);
        var (begin, count) = (taken[0], 0);
        foreach (var at in taken)
        {
            (begin, count) = at - begin >= windowMs - 2 ? (at, 1) : (begin, count + 1);
            Assert.True(count <= jobs, string.Join(' ', taken));
        }
    }

    private static async Task<long[]> ReadAsync(IDatabase database, string queue)
    {
        var entries = (RedisResult[])(await database.ExecuteAsync("XRANGE", (RedisKey)$"bull:{queue}:events", "-", "+"))!;
        return
        [
            .. entries.Select(entry => (RedisResult[])entry!)
                .Where(entry => ((string[])entry[1]!)[1] == "active")
                .Select(entry => long.Parse(((string)entry[0]!).Split('-')[0], CultureInfo.InvariantCulture)),
        ];
    }
}
