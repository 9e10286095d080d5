using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>A queue at one moment.</summary>
internal sealed record QueueLook(JobCounts Counts, TimeSpan OldestWait)
{
    public static async Task<QueueLook> AtAsync(IDatabase database, ScriptRunner runner, QueueKeys keys, TimeProvider clock)
    {
        var counts = new Inspection(() => database, runner, keys).GetCountsAsync();
        var next = database.ListGetByIndexAsync(keys.Wait, -1);
        var prioritized = database.SortedSetRangeByRankAsync(keys.Prioritized, 0, 0);
        await Task.WhenAll(counts, next, prioritized).ConfigureAwait(false);
        var oldest = TimeSpan.Zero;
        foreach (var id in (RedisValue[])[await next.ConfigureAwait(false), .. await prioritized.ConfigureAwait(false)])
        {
            if (!id.IsNull && await ReadySinceAsync(database, keys, id!).ConfigureAwait(false) is { } since)
            {
                var waited = clock.GetUtcNow() - since;
                oldest = waited > oldest ? waited : oldest;
            }
        }

        return new QueueLook(await counts.ConfigureAwait(false), oldest);
    }

    private static async Task<DateTimeOffset?> ReadySinceAsync(IDatabase database, QueueKeys keys, string id)
    {
        var fields = await database.HashGetAsync(keys.Job(id), ["timestamp", "opts"]).ConfigureAwait(false);
        return fields[0].TryParse(out double created)
            ? DateTimeOffset.FromUnixTimeMilliseconds(
                Math.Clamp((long)created + JobRunOptions.Read((byte[]?)fields[1]).DelayMs, 0, 253_402_300_799_999))
            : null;
    }
}
