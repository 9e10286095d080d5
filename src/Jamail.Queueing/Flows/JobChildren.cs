using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The children of one job, read from what stands beside it.</summary>
internal sealed class JobChildren(QueueKeys keys, string id, ScriptRunner scripts, RedisCalls calls) : IJobChildren
{
    private const int MaxPage = 1000;
    private const string FirstCursor = "0";

    private readonly Children _children = new(scripts, keys);

    public Task<ChildCounts> CountAsync(CancellationToken cancellationToken = default) =>
        calls.RunAsync(_ => _children.CountAsync(id), cancellationToken);

    public async Task<IReadOnlyDictionary<JobKey, TValue?>> GetValuesAsync<TValue>(CancellationToken cancellationToken = default) =>
        (await ReadAsync(keys.Processed(id), cancellationToken).ConfigureAwait(false)).ToDictionary(
            child => child.Key,
            child => JsonSerializer.Deserialize<TValue>((byte[])child.Value!, JobPayloadJson.Options));

    public async Task<IReadOnlyDictionary<JobKey, string>> GetIgnoredAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(keys.IgnoredChildren(id), cancellationToken).ConfigureAwait(false)).ToDictionary(
            child => child.Key, child => (string?)child.Value ?? "");

    public async Task<IReadOnlyList<JobKey>> GetFailedAsync(CancellationToken cancellationToken = default)
    {
        var failed = await calls.RunAsync(
            database => database.SortedSetRangeByRankAsync(keys.FailedChildren(id)), cancellationToken).ConfigureAwait(false);
        return [.. failed.Select(KeyOf).OfType<JobKey>()];
    }

    public Task<Page<ChildJob>> GetPageAsync(
        ChildState state, string? cursor = null, int pageSize = 100, CancellationToken cancellationToken = default)
    {
        if (pageSize is < 1 or > MaxPage)
        {
            throw new ArgumentOutOfRangeException(nameof(pageSize), pageSize, $"The page size must be 1 to {MaxPage}.");
        }

        if (cursor is not null && !ulong.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ArgumentException(
                $"The cursor '{cursor}' is none that this list gave; give 'Next' of the page before, or none.", nameof(cursor));
        }

        var (command, key, width) = state switch
        {
            ChildState.Unfinished => ("SSCAN", keys.Dependencies(id), 1),
            ChildState.Completed => ("HSCAN", keys.Processed(id), 2),
            ChildState.Ignored => ("HSCAN", keys.IgnoredChildren(id), 2),
            ChildState.Failed => ("ZSCAN", keys.FailedChildren(id), 2),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a child."),
        };
        return calls.RunAsync(
            async database =>
            {
                var reply = (RedisResult[])(await database
                    .ExecuteAsync(command, key, cursor ?? FirstCursor, "COUNT", pageSize).ConfigureAwait(false))!;
                var next = (string)reply[0]!;
                return new Page<ChildJob>(Read(state, (RedisValue[])reply[1]!, width), next == FirstCursor ? null : next);
            },
            cancellationToken);
    }

    public Task<bool> DetachAsync(JobKey child, CancellationToken cancellationToken = default) =>
        calls.RunAsync(
            _ => _children.DetachAsync(id, $"{keys.Prefix}:{child.Queue}:{child.Id}", child), cancellationToken);

    public Task RemoveUnfinishedAsync(CancellationToken cancellationToken = default) =>
        calls.RunAsync(_ => _children.RemoveUnfinishedAsync(id), cancellationToken);

    private async Task<IEnumerable<(JobKey Key, RedisValue Value)>> ReadAsync(RedisKey hash, CancellationToken cancellationToken)
    {
        var entries = await calls.RunAsync(database => database.HashGetAllAsync(hash), cancellationToken).ConfigureAwait(false);
        return entries.Select(entry => (Key: KeyOf(entry.Name), entry.Value))
            .Where(child => child.Key is not null)
            .Select(child => (child.Key!.Value, child.Value));
    }

    private List<ChildJob> Read(ChildState state, RedisValue[] members, int width)
    {
        var children = new List<ChildJob>(members.Length / width);
        for (var index = 0; index < members.Length; index += width)
        {
            if (KeyOf(members[index]) is { } key)
            {
                children.Add(new ChildJob(
                    key, state, state is ChildState.Completed or ChildState.Ignored ? (string?)members[index + 1] : null));
            }
        }

        return children;
    }

    private JobKey? KeyOf(RedisValue key) =>
        StoredJobKey.TryParse(key, keys.Prefix, out var parsed) ? parsed.Public : null;
}
