using StackExchange.Redis;

namespace Jamail.Interop.Tests.Model;

/// <summary>The events of a queue, as they are in its stream.</summary>
internal sealed class QueueEvents
{
    private readonly List<(RedisValue Position, Dictionary<string, string> Fields)> _entries;

    private QueueEvents(List<(RedisValue, Dictionary<string, string>)> entries) => _entries = entries;

    /// <summary>Where the stream ends.</summary>
    public RedisValue Last => _entries.Count == 0 ? "0-0" : _entries[^1].Position;

    /// <summary>For each job that went from active to wait and did not stall: once each time.</summary>
    public ILookup<string, string> PutBack
    {
        get
        {
            var stalled = Named("stalled").CountBy(id => id).ToDictionary();
            return Named("waiting", fields => fields.GetValueOrDefault("prev") == "active")
                .GroupBy(id => id)
                .SelectMany(ids => ids.Skip(stalled.GetValueOrDefault(ids.Key)))
                .ToLookup(id => id);
        }
    }

    /// <param name="after">Only what came after this entry.</param>
    public static QueueEvents Read(IDatabase database, string queue, RedisValue? after = null)
    {
        var from = after is { } entry ? "(" + entry : "-";
        var reply = (RedisResult[])database.Execute("XRANGE", $"bull:{queue}:events", from, "+")!;
        return new QueueEvents([.. reply.Select(Entry)]);
    }

    /// <summary>What happened to one job, in order.</summary>
    public IEnumerable<string> Of(string id) => _entries
        .Where(entry => entry.Fields.ContainsValue(id))
        .Select(entry => $"  {entry.Position} {string.Join(' ', entry.Fields.Select(field => $"{field.Key}={field.Value}"))}");

    private static (RedisValue, Dictionary<string, string>) Entry(RedisResult reply)
    {
        var entry = (RedisResult[])reply!;
        var fields = (string[])entry[1]!;
        return ((RedisValue)entry[0], fields.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
    }

    private IEnumerable<string> Named(string name, Func<Dictionary<string, string>, bool>? which = null) => _entries
        .Where(entry => entry.Fields["event"] == name && which?.Invoke(entry.Fields) != false)
        .Select(entry => entry.Fields["jobId"]);
}
