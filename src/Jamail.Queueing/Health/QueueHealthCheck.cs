using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Whether the queues of this host are sound: schedulers run on time, and every id has a job behind it.</summary>
internal sealed class QueueHealthCheck(IJobQueues queues, QueueScripts scripts, RedisConnections connections, TimeProvider clock)
    : IHealthCheck
{
    private const int MostSchedulers = 100;
    private const int Sample = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = new Findings();
        try
        {
            await Task.WhenAll(queues.Names.Select(name => LookAsync(scripts.KeysOf(name), findings)))
                .WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
            return findings.Result("Queues are sound.");
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("The queues could not be looked at; see the check of Redis.");
        }
    }

    private async Task LookAsync(QueueKeys keys, Findings findings)
    {
        var database = connections.Database;
        var late = await OverdueAsync(database, keys).ConfigureAwait(false);
        var orphans = await OrphansAsync(database, keys).ConfigureAwait(false);
        lock (findings)
        {
            if (late.Count > 0)
            {
                findings.Warn(
                    $"Schedulers of queue '{keys.Queue}' are overdue by more than {Overdue.TotalMinutes} min: {string.Join(", ", late)}; " +
                    "the queue is paused, has no worker, or more waits than is worked.");
            }

            if (orphans.Count > 0)
            {
                findings.Warn(
                    $"Ids of queue '{keys.Queue}' have no job behind them: {string.Join(", ", orphans.Take(5))}" +
                    $"{(orphans.Count > 5 ? $" and {orphans.Count - 5} more" : "")}; workers drop them, and what was in them is lost.");
            }
        }
    }

    private async Task<List<string>> OverdueAsync(IDatabase database, QueueKeys keys)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var due = await database.SortedSetRangeByScoreAsync(
            keys.Repeat, double.NegativeInfinity, now - Overdue.TotalMilliseconds, take: MostSchedulers).ConfigureAwait(false);
        var late = new List<string>();
        foreach (var id in due)
        {
            var record = await database.HashGetAsync(keys.Base + "repeat:" + id, ["limit", "ic", "endDate"]).ConfigureAwait(false);

            // The record of a scheduler that has had its last run stays.
            if (!(Number(record[1]) >= Number(record[0]) || now > Number(record[2])))
            {
                late.Add(id!);
            }
        }

        return late;
    }

    private static async Task<List<string>> OrphansAsync(IDatabase database, QueueKeys keys)
    {
        var waiting = database.ListRangeAsync(keys.Wait, -Sample, -1);
        var active = database.ListRangeAsync(keys.Active, 0, Sample - 1);
        RedisValue[] ids = [.. await waiting.ConfigureAwait(false), .. await active.ConfigureAwait(false)];
        var known = await Task.WhenAll(Array.ConvertAll(ids, id => database.HashExistsAsync(keys.Job(id!), "name"))).ConfigureAwait(false);
        string[] suspects = [.. ids.Where((id, index) => !known[index]).Select(id => (string)id!)];
        if (suspects.Length == 0)
        {
            return [];
        }

        // What ended between the two looks stands in neither list any more.
        RedisValue[] still =
        [
            .. await database.ListRangeAsync(keys.Wait, -Sample, -1).ConfigureAwait(false),
            .. await database.ListRangeAsync(keys.Active, 0, Sample - 1).ConfigureAwait(false),
        ];
        return [.. suspects.Where(id => still.Contains(id) && !id.StartsWith("0:", StringComparison.Ordinal))];
    }

    private static double Number(RedisValue value) =>
        double.TryParse((string?)value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
