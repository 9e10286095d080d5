using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The limits of a queue as they stand in Redis.</summary>
internal sealed class Limits(Func<IDatabaseAsync> database, ScriptRunner runner, QueueKeys keys)
{
    /// <summary>What stands in the counter of a queue that is held back by hand, as in BullMQ.</summary>
    private const long Held = 9_007_199_254_740_991;

    private readonly LuaScript _ttl = runner.Scripts["getRateLimitTtl"];
    private readonly LuaScript _isMaxed = runner.Scripts["isMaxed"];

    public async Task<int?> GetConcurrencyAsync()
    {
        var text = (string?)await database().HashGetAsync(keys.Meta, "concurrency").ConfigureAwait(false);
        return (int?)LenientText.Number(text);
    }

    public Task SetConcurrencyAsync(int? jobs) =>
        jobs is { } most
            ? database().HashSetAsync(keys.Meta, "concurrency", most)
            : database().HashDeleteAsync(keys.Meta, "concurrency");

    public async Task<bool> IsAtConcurrencyAsync() =>
        !(await runner.RunAsync(_isMaxed, [keys.Meta, keys.Active], []).ConfigureAwait(false)).IsNull;

    public async Task<RateLimit?> GetRateLimitAsync()
    {
        var fields = await database().HashGetAsync(keys.Meta, ["max", "duration"]).ConfigureAwait(false);
        return LenientText.Number(fields[0]) is { } max
            ? new RateLimit((int)max, TimeSpan.FromMilliseconds(LenientText.Number(fields[1]) ?? 0))
            : null;
    }

    public Task SetRateLimitAsync(RateLimit? limit) =>
        limit is null
            ? database().HashDeleteAsync(keys.Meta, ["max", "duration"])
            : database().HashSetAsync(
                keys.Meta, [new("max", limit.Jobs), new("duration", (long)limit.Window.TotalMilliseconds)]);

    public async Task<TimeSpan> GetHoldAsync()
    {
        var ms = (long)await runner.RunAsync(_ttl, [keys.Limiter, keys.Meta], [0]).ConfigureAwait(false);
        return TimeSpan.FromMilliseconds(Math.Max(0, ms));
    }

    public Task HoldAsync(TimeSpan time) =>
        database().StringSetAsync(keys.Limiter, Held, TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)));

    public Task ReleaseAsync() => database().KeyDeleteAsync(keys.Limiter);
}
