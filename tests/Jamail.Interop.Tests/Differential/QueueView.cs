namespace Jamail.Interop.Tests.Differential;

/// <summary>Where the jobs of a queue are, for the choice of sensible arguments.</summary>
internal sealed class QueueView
{
    private static readonly string[] States =
        ["wait", "paused", "active", "prioritized", "delayed", "waiting-children", "completed", "failed", "repeat"];

    private readonly Dictionary<string, List<string>> _ids = new(StringComparer.Ordinal);

    public const string Script = """
        local out = {}
        for i, prefix in ipairs(ARGV) do
          local states = {}
          for j, name in ipairs({'wait', 'paused', 'active'}) do states[j] = redis.call('LRANGE', prefix .. name, 0, -1) end
          for j, name in ipairs({'prioritized', 'delayed', 'waiting-children', 'completed', 'failed'}) do
            states[j + 3] = redis.call('ZRANGE', prefix .. name, 0, -1)
          end
          states[9] = redis.call('ZRANGE', prefix .. 'repeat', 0, -1, 'WITHSCORES')
          out[i] = states
        end
        return out
        """;

    public QueueView(string name, object? reply)
    {
        Name = name;
        var states = (List<object?>)reply!;
        for (var i = 0; i < States.Length; i++)
        {
            _ids[States[i]] = ((List<object?>)states[i]!).Cast<string>().ToList();
        }
    }

    public string Name { get; }

    public string Prefix => Name + ":";

    /// <summary>The ids of a state; of repeat, ids and scores in turn.</summary>
    public IReadOnlyList<string> Of(string state) => _ids[state];
}
