using StackExchange.Redis;

namespace Jamail.Interop.Tests.Model;

/// <summary>Everything that Redis holds of a queue, read at one moment, and what is wrong with it.</summary>
internal sealed class QueueState
{
    private static readonly string[] Lists = ["wait", "paused", "active"];
    private static readonly string[] Sets = ["prioritized", "delayed", "waiting-children", "completed", "failed"];
    private static readonly string[] Suffixes = ["lock", "logs", "dependencies", "processed", "failed", "unsuccessful"];

    private static readonly HashSet<string> OwnKeys =
    [
        .. Lists, .. Sets, "id", "meta", "events", "marker", "pc", "stalled", "stalled-check", "limiter", "repeat",
    ];

    private readonly Dictionary<string, List<string>> _statesOf = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    private QueueState()
    {
    }

    /// <summary>The ids in each state.</summary>
    public Dictionary<string, List<string>> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>The hash of each job.</summary>
    public Dictionary<string, Dictionary<string, string>> Jobs { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Nothing may change while this reads: workers are stopped and producers are done.</summary>
    public static QueueState Read(IDatabase database, IServer server, string queue)
    {
        var state = new QueueState();
        var prefix = $"bull:{queue}:";
        foreach (var list in Lists)
        {
            state.Place(list, database.ListRange(prefix + list));
        }

        foreach (var set in Sets)
        {
            state.Place(set, database.SortedSetRangeByRank(prefix + set));
        }

        var keys = server.Keys(pattern: prefix + "*").Select(key => ((string)key!)[prefix.Length..]).ToList();
        foreach (var id in keys.Where(key => !OwnKeys.Contains(key) && !key.Contains(':', StringComparison.Ordinal)))
        {
            state.Jobs[id] = database.HashGetAll(prefix + id).ToDictionary(
                field => field.Name.ToString(), field => field.Value.ToString(), StringComparer.Ordinal);
        }

        state.Check(keys, database.SetMembers(prefix + "stalled").Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal));
        return state;
    }

    private void Place(string state, RedisValue[] ids)
    {
        Ids[state] = [.. ids.Select(id => id.ToString())];
        foreach (var id in Ids[state])
        {
            if (!_statesOf.TryGetValue(id, out var states))
            {
                _statesOf[id] = states = [];
            }

            states.Add(state);
        }
    }

    private void Check(List<string> keys, HashSet<string> stalled)
    {
        foreach (var (id, states) in _statesOf)
        {
            Expect(states.Count == 1, $"{id} is in {string.Join(" and ", states)}");
            Expect(Jobs.TryGetValue(id, out var job) && job.ContainsKey("name"), $"{id} is in {states[0]} without a job");
        }

        foreach (var (id, job) in Jobs)
        {
            Expect(_statesOf.ContainsKey(id), $"job {id} is in no state");
            Expect(job.ContainsKey("opts") && job.ContainsKey("timestamp"), $"job {id} is a stub: {string.Join(' ', job.Keys)}");
        }

        foreach (var id in Ids["active"])
        {
            Expect(keys.Contains($"{id}:lock") || stalled.Contains(id), $"{id} is active without a lock and not known to be stalled");
        }

        // A lock outlives its job, and nothing else does.
        foreach (var key in keys.Where(key => key.Contains(':', StringComparison.Ordinal)))
        {
            var (id, suffix) = (key[..key.LastIndexOf(':')], key[(key.LastIndexOf(':') + 1)..]);
            Expect(suffix == "lock" || !Suffixes.Contains(suffix) || Jobs.ContainsKey(id), $"{key} belongs to no job");
        }
    }

    private void Expect(bool condition, string problem)
    {
        if (!condition)
        {
            _problems.Add(problem);
        }
    }
}
