using System.Text;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Where keys lie on a Redis Cluster.</summary>
internal sealed class HashSlots(RedisConnections connections)
{
    private const int Count = 16_384;
    private const int Polynomial = 0x1021;

    private Answer? _answer;

    /// <summary>What <see cref="AreUsedAsync"/> found over the connection that stands now; null before.</summary>
    public bool? AreUsed => _answer is { } known && known.Generation == connections.Generation ? known.IsCluster : null;

    /// <summary>Whether Redis is a cluster; asked once for each connection. One that does not tell is taken for none.</summary>
    public async Task<bool> AreUsedAsync()
    {
        if (AreUsed is { } known)
        {
            return known;
        }

        var generation = connections.Generation;
        bool isCluster;
        try
        {
            var info = (string)await connections.Database.ExecuteAsync("INFO", "cluster").ConfigureAwait(false);
            isCluster = info.Contains("cluster_enabled:1", StringComparison.Ordinal);
        }
        catch (RedisServerException refusal) when (RedisFaults.Of(refusal) != RedisFault.NotRun)
        {
            isCluster = false;
        }

        _answer = new Answer(generation, isCluster);
        return isCluster;
    }

    /// <summary>The slot of the keys of a queue: CRC16 of their hash tag; null when there is none, and they lie in many.</summary>
    /// <param name="prefix">What the keys begin with.</param>
    public static int? Of(string prefix)
    {
        var open = prefix.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : prefix.IndexOf('}', open);
        if (close <= open + 1)
        {
            return null;
        }

        var crc = 0;
        foreach (var part in Encoding.UTF8.GetBytes(prefix[(open + 1)..close]))
        {
            crc ^= part << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            }
        }

        return (crc & 0xffff) % Count;
    }

    private sealed record Answer(int Generation, bool IsCluster);
}
