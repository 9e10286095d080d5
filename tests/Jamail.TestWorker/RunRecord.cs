using System.Globalization;
using StackExchange.Redis;

namespace Jamail.TestWorker;

/// <summary>Every run of a job, written to Redis by its worker before the work begins: list <c>runs:&lt;queue&gt;</c>.</summary>
public sealed record RunRecord(string JobId, int Attempt, string Worker)
{
    public static string Key(string queue) => $"runs:{queue}";

    public static async Task<IReadOnlyList<RunRecord>> ReadAsync(IDatabase database, string queue) =>
        [.. (await database.ListRangeAsync(Key(queue))).Select(row => Parse(row.ToString()))];

    /// <remarks>
    /// Waits for the connection of the records: it is not the queue's, and may come back later than the queue's when Redis was away.
    /// </remarks>
    public async Task WriteAsync(IDatabase database, string queue, CancellationToken cancellationToken)
    {
        while (!database.IsConnected(Key(queue)))
        {
            await Task.Delay(20, cancellationToken);
        }

        await database.ListRightPushAsync(Key(queue), string.Create(CultureInfo.InvariantCulture, $"{JobId} {Attempt} {Worker}"));
    }

    private static RunRecord Parse(string row)
    {
        var parts = row.Split(' ', 3);
        return new RunRecord(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }
}
