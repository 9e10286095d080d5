using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Reads the ends of jobs from the event stream, whichever client wrote them.</summary>
internal static class FinishedJobReader
{
    private const string Beginning = "0-0";

    public static async Task<FinishedJobPage> ReadAsync(IDatabase database, RedisKey stream, string? after, int limit)
    {
        var reply = await database.ExecuteAsync(
            "XREAD", "COUNT", limit.ToString(CultureInfo.InvariantCulture), "STREAMS", stream, after ?? Beginning).ConfigureAwait(false);
        if (reply.IsNull)
        {
            return new FinishedJobPage([], after, true);
        }

        var entries = (RedisResult[])((RedisResult[])((RedisResult[])reply)[0])[1];
        var items = new List<FinishedJob>();
        foreach (var entry in entries)
        {
            var parts = (RedisResult[])entry;
            if (Read((string)parts[0], (RedisValue[])parts[1]) is { } job)
            {
                items.Add(job);
            }
        }

        return new FinishedJobPage(items, (string)((RedisResult[])entries[^1])[0], entries.Length < limit);
    }

    private static FinishedJob? Read(string position, RedisValue[] fields)
    {
        string? kind = null, id = null, reason = null;
        for (var i = 0; i + 1 < fields.Length; i += 2)
        {
            switch ((string?)fields[i])
            {
                case "event":
                    kind = fields[i + 1];
                    break;
                case "jobId":
                    id = fields[i + 1];
                    break;
                case "failedReason":
                    reason = fields[i + 1];
                    break;
            }
        }

        return (kind, id) switch
        {
            ("completed", { Length: > 0 }) => new FinishedJob(JobId.Parse(id), JobState.Completed, null, At(position)),
            ("failed", { Length: > 0 }) => new FinishedJob(JobId.Parse(id), JobState.Failed, reason ?? "", At(position)),
            _ => null,
        };
    }

    private static DateTimeOffset At(string position) => DateTimeOffset.FromUnixTimeMilliseconds(
        long.Parse(position.AsSpan(0, position.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture));
}
