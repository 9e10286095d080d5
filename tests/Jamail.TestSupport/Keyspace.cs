using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace Jamail.TestSupport;

/// <summary>The keys of a Redis database as comparable text: two keyspaces are equal when their texts are.</summary>
public sealed record Keyspace(IReadOnlyList<KeyspaceEntry> Entries)
{
    private const int Page = 1000;

    /// <param name="database">Where to read.</param>
    /// <param name="prefix">Only keys that start with it, for example <c>bull:images:</c>; it is cut off the names in the result.</param>
    public static async Task<Keyspace> ReadAsync(IDatabase database, string prefix = "")
    {
        var keys = await KeysAsync(database, prefix);
        var now = await NowAsync(database);
        var entries = new List<KeyspaceEntry>();
        foreach (var key in keys.Order(StringComparer.Ordinal))
        {
            var type = (string)(await database.ExecuteAsync("TYPE", key))!;
            if (type == "none")
            {
                continue;
            }

            var expiry = (long)await database.ExecuteAsync("PEXPIRETIME", key);
            entries.Add(new KeyspaceEntry(
                key[prefix.Length..], type, await LinesAsync(database, key, type), expiry < 0 ? null : expiry - now));
        }

        return new Keyspace(entries);
    }

    public KeyspaceEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>Everything but remaining times to live, of which only the presence shows.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
        {
            text.Append(entry.Key).Append(" (").Append(entry.Type).Append(entry.ExpiresInMs is null ? "" : ", expires").Append(")\n");
            foreach (var line in entry.Lines)
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static async Task<HashSet<string>> KeysAsync(IDatabase database, string prefix)
    {
        var pattern = new StringBuilder();
        foreach (var letter in prefix)
        {
            pattern.Append(letter is '*' or '?' or '[' or ']' or '\\' ? $"\\{letter}" : letter);
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            var reply = (RedisResult[])(await database.ExecuteAsync("SCAN", cursor, "MATCH", $"{pattern}*", "COUNT", Page))!;
            cursor = (string)reply[0]!;
            keys.UnionWith((string[])reply[1]!);
        }
        while (cursor != "0");
        return keys;
    }

    private static async Task<long> NowAsync(IDatabase database)
    {
        var time = (string[])(await database.ExecuteAsync("TIME"))!;
        return (long.Parse(time[0], CultureInfo.InvariantCulture) * 1000) + (long.Parse(time[1], CultureInfo.InvariantCulture) / 1000);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(IDatabase database, string key, string type) => type switch
    {
        "string" => [(string)(await database.ExecuteAsync("GET", key))!],
        "list" => (string[])(await database.ExecuteAsync("LRANGE", key, 0, -1))!,
        "set" => [.. ((string[])(await database.ExecuteAsync("SMEMBERS", key))!).Order(StringComparer.Ordinal)],
        "zset" => [.. Pairs((string[])(await database.ExecuteAsync("ZRANGE", key, 0, -1, "WITHSCORES"))!, swap: true)],
        "hash" => [.. Pairs((string[])(await database.ExecuteAsync("HGETALL", key))!).Order(StringComparer.Ordinal)],
        "stream" => [.. ((RedisResult[])(await database.ExecuteAsync("XRANGE", key, "-", "+"))!).Select(StreamLine)],
        _ => throw new NotSupportedException($"Key '{key}' has type '{type}', which no queue uses."),
    };

    private static IEnumerable<string> Pairs(string[] flat, bool swap = false)
    {
        for (var index = 0; index + 1 < flat.Length; index += 2)
        {
            yield return swap ? $"{flat[index + 1]} {flat[index]}" : $"{flat[index]}: {flat[index + 1]}";
        }
    }

    private static string StreamLine(RedisResult entry)
    {
        var parts = (RedisResult[])entry!;
        return string.Join(" | ", Pairs((string[])parts[1]!));
    }
}
