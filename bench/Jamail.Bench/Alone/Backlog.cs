using StackExchange.Redis;

namespace Jamail.Bench;

/// <summary>Puts jobs into a state as if they had come there by themselves, quickly.</summary>
internal static class Backlog
{
    /// <summary>Begins the ids of these jobs.</summary>
    public const string IdPrefix = "fill-";

    private const int PerCall = 5000;
    private const string Script = """
        local prefix, state, from, count, score = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        for n = from, from + count - 1 do
          local id = ARGV[7] .. n
          redis.call('HSET', prefix .. id, 'name', 'bench', 'data', ARGV[5], 'opts', '{}', 'timestamp', ARGV[6], 'delay', '0',
            'priority', '0')
          if state == 'waiting' then
            redis.call('LPUSH', prefix .. 'wait', id)
          elseif state == 'delayed' then
            redis.call('ZADD', prefix .. 'delayed', string.format('%.0f', score + n % 4096), id)
          else
            redis.call('HSET', prefix .. id, 'atm', '1', 'ats', '1', 'processedOn', ARGV[6], 'finishedOn', ARGV[6], 'returnvalue', 'null')
            redis.call('ZADD', prefix .. 'completed', ARGV[6], id)
          end
        end
        """;

    /// <param name="database">Where to.</param>
    /// <param name="queue">The queue's name.</param>
    /// <param name="state">waiting, delayed or completed.</param>
    /// <param name="count">How many.</param>
    /// <param name="due">When delayed jobs are due.</param>
    public static async Task FillAsync(IDatabase database, string queue, string state, int count, DateTimeOffset due)
    {
        var payload = System.Text.Json.JsonSerializer.Serialize(BenchPayload.Of(0), System.Text.Json.JsonSerializerOptions.Web);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var from = 0; from < count; from += PerCall)
        {
            await database.ScriptEvaluateAsync(
                Script,
                [$"bull:{queue}:"],
                [state, from, Math.Min(PerCall, count - from), due.ToUnixTimeMilliseconds() * 4096, payload, now, IdPrefix]);
        }
    }
}
