using Jamail.TestSupport;
using StackExchange.Redis;

namespace Jamail.Interop.Tests.Support;

public sealed class KeyspaceTests
{
    [Fact]
    public async Task Every_type_of_key_is_shown_in_a_comparable_way()
    {
        var database = RedisServer.Shared.Database;
        var prefix = $"keyspace[{Guid.NewGuid():N}]*:";
        await database.HashSetAsync(prefix + "hash", [new HashEntry("b", 2), new HashEntry("a", "1")]);
        await database.ListRightPushAsync(prefix + "list", ["2", "1"]);
        await database.SetAddAsync(prefix + "set", ["y", "x"]);
        await database.SortedSetAddAsync(prefix + "zset", "m", 1.5);
        await database.StringSetAsync(prefix + "text", "t", TimeSpan.FromMinutes(1));
        await database.ExecuteAsync("XADD", prefix + "stream", "*", "event", "added", "jobId", "1");
        await database.StringSetAsync("keyspace-of-another", "t", TimeSpan.FromMinutes(1));

        var keyspace = await Keyspace.ReadAsync(database, prefix);

        Assert.Equal(
            """
            hash (hash)
              a: 1
              b: 2
            list (list)
              2
              1
            set (set)
              x
              y
            stream (stream)
              event: added | jobId: 1
            text (string, expires)
              t
            zset (zset)
              1.5 m

            """.ReplaceLineEndings("\n"),
            keyspace.ToString());
        Assert.InRange(keyspace.Find("text")!.ExpiresInMs!.Value, 1, 60_000);
    }
}
