using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Whether a Redis server is fit for a queue.</summary>
internal static class RedisServerCheck
{
    private const double NearlyFull = 0.9;
    private static readonly Version Oldest = new(6, 2);

    /// <summary>What is wrong with the server and what to change; null when nothing is, or when it does not tell.</summary>
    public static async Task<string?> WarningAsync(IDatabaseAsync database)
    {
        string server;
        string memory;
        try
        {
            server = (string)await database.ExecuteAsync("INFO", "server").ConfigureAwait(false);
            memory = (string)await database.ExecuteAsync("INFO", "memory").ConfigureAwait(false);
        }
        catch (RedisServerException)
        {
            return null;
        }

        return Warning(server, memory);
    }

    internal static string? Warning(string server, string memory)
    {
        var policy = Field(memory, "maxmemory_policy");
        if (policy is not (null or "noeviction"))
        {
            return $"Redis has maxmemory-policy '{policy}', which throws queued jobs away when memory runs short; " +
                "set it to 'noeviction' (CONFIG SET maxmemory-policy noeviction, and the same in redis.conf).";
        }

        if (double.TryParse(Field(memory, "used_memory"), NumberStyles.None, CultureInfo.InvariantCulture, out var used)
            && double.TryParse(Field(memory, "maxmemory"), NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most > 0
            && used > NearlyFull * most)
        {
            return $"Redis has used {100 * used / most:0} % of its maxmemory and soon refuses jobs; give it more, or keep fewer finished jobs " +
                "(Jamail:Queueing:RemoveOnComplete, RemoveOnFail).";
        }

        return Version.TryParse(Field(server, "redis_version"), out var version) && version < Oldest
            ? $"Redis {version} is older than {Oldest}, the oldest this library is meant for; upgrade the server."
            : null;
    }

    private static string? Field(string info, string name)
    {
        foreach (var line in info.Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ':')
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }
}
