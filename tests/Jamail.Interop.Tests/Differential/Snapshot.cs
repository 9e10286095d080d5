using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Jamail.Interop.Tests.Differential;

/// <summary>A whole database as comparable lines, with the server's time when it was read.</summary>
internal sealed class Snapshot(long serverMs, long tookMs)
{
    /// <summary>How far times to live may be apart that were set by different calls.</summary>
    private const long ToleranceMs = 2;

    /// <summary>Reads every key; entry ids of streams do not show.</summary>
    public const string Script = """
        local out = {}
        for _, key in ipairs(redis.call('KEYS', '*')) do
          local kind = redis.call('TYPE', key).ok
          local value
          if kind == 'string' then value = {redis.call('GET', key)}
          elseif kind == 'list' then value = redis.call('LRANGE', key, 0, -1)
          elseif kind == 'set' then value = redis.call('SMEMBERS', key)
          elseif kind == 'zset' then value = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
          elseif kind == 'hash' then value = redis.call('HGETALL', key)
          else
            value = {}
            for i, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do
              value[i] = table.concat(entry[2], ' | ')
            end
          end
          out[#out + 1] = {key, kind, redis.call('PEXPIRETIME', key), value}
        end
        return out
        """;

    private static readonly HashSet<string> JsonFields = ["opts", "parent", "pd"];

    private readonly SortedDictionary<string, (string Content, long ExpiresAt)> _keys = new(StringComparer.Ordinal);

    /// <param name="reply">What <see cref="Script"/> answered.</param>
    /// <param name="serverMs">The server's time before the calls.</param>
    /// <param name="tookMs">How long the calls took: their times to live were set within that time.</param>
    /// <param name="jsonByValue">Compare options and parent links as JSON values instead of as text.</param>
    public static Snapshot Read(object? reply, long serverMs, long tookMs, bool jsonByValue = false)
    {
        var snapshot = new Snapshot(serverMs, tookMs);
        foreach (List<object?> entry in ((List<object?>)reply!).Cast<List<object?>>())
        {
            var kind = (string)entry[1]!;
            var values = ((List<object?>)entry[3]!).Cast<string>().ToList();
            var lines = kind switch
            {
                "set" => values.Order(StringComparer.Ordinal),
                "hash" => Pairs(values, jsonByValue).Order(StringComparer.Ordinal),
                "zset" => Pairs(values, false),
                _ => values,
            };
            snapshot._keys[(string)entry[0]!] = (kind + "\n    " + string.Join("\n    ", lines), (long)entry[2]!);
        }

        return snapshot;
    }

    /// <summary>What differs, line by line; empty when nothing does.</summary>
    public string Compare(Snapshot other)
    {
        var toleranceMs = ToleranceMs + tookMs + other.TookMs;
        var otherServerMs = other.ServerMs;
        var text = new StringBuilder();
        foreach (var key in _keys.Keys.Union(other._keys.Keys).Order(StringComparer.Ordinal))
        {
            var here = _keys.TryGetValue(key, out var mine);
            var there = other._keys.TryGetValue(key, out var theirs);
            if (!here || !there)
            {
                text.Append(CultureInfo.InvariantCulture, $"{key}: only {(here ? "expected" : "found")}: {(here ? mine : theirs).Content}\n");
            }
            else if (mine.Content != theirs.Content)
            {
                text.Append(CultureInfo.InvariantCulture, $"{key}:\n  expected {mine.Content}\n  found {theirs.Content}\n");
            }
            else if (!SameExpiry(mine.ExpiresAt, theirs.ExpiresAt, otherServerMs, toleranceMs))
            {
                text.Append(CultureInfo.InvariantCulture, $"{key}: expires {mine.ExpiresAt - serverMs} ms and {theirs.ExpiresAt - otherServerMs} ms later\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Leaves the events of a name out.</summary>
    public void DropEvents(string name)
    {
        foreach (var (key, (content, expiresAt)) in _keys.Where(pair => pair.Value.Content.StartsWith("stream", StringComparison.Ordinal)).ToList())
        {
            var lines = content.Split('\n').Where(line => !line.StartsWith($"    event | {name} |", StringComparison.Ordinal));
            _keys[key] = (string.Join('\n', lines), expiresAt);
        }
    }

    public long ServerMs => serverMs;

    public long TookMs => tookMs;

    public override string ToString() =>
        string.Join('\n', _keys.Select(key => $"{key.Key}: {key.Value.Content}"));

    private bool SameExpiry(long mine, long theirs, long otherServerMs, long toleranceMs)
    {
        if (mine == theirs)
        {
            return true;
        }

        return mine > 0 && theirs > 0 && Math.Abs(mine - serverMs - (theirs - otherServerMs)) <= toleranceMs;
    }

    private static IEnumerable<string> Pairs(List<string> flat, bool jsonByValue)
    {
        for (var i = 0; i + 1 < flat.Count; i += 2)
        {
            var value = jsonByValue && JsonFields.Contains(flat[i]) ? Canonical(flat[i + 1]) : flat[i + 1];
            yield return $"{flat[i]}: {value}";
        }
    }

    private static string Canonical(string json)
    {
        static JsonNode? Sorted(JsonNode? node) => node switch
        {
            JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Sorted)]),
            JsonValue value when value.TryGetValue<double>(out var number) => JsonValue.Create(number),
            _ => node?.DeepClone(),
        };

        return Sorted(JsonNode.Parse(json))?.ToJsonString() ?? "null";
    }
}
