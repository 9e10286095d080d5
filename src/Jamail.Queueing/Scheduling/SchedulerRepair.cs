using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>
/// Looks for schedulers whose newest job has vanished, or has finished without the next one being made, and gives them a
/// next job. A run that may have taken place is not repeated: what is past is left out.
/// </summary>
internal sealed class SchedulerRepair(
    Func<IDatabaseAsync> database, ScriptRunner scripts, QueueKeys keys, TimeProvider clock)
{
    private const int PageSize = 500;
    private const int MaxLooks = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Schedulers _schedulers = new(database, scripts, keys);
    private readonly SchedulerChain _chain = new(
        new SchedulerSteps(keys.Queue, new UpdateSchedulers(scripts, keys), clock), clock);
    private readonly Inspection _inspection = new(database, scripts, keys);

    /// <returns>The schedulers that got a next job.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken stopping)
    {
        var repaired = new List<string>();
        var looks = MaxLooks;
        for (var start = 0L; ; start += PageSize)
        {
            stopping.ThrowIfCancellationRequested();
            var page = await _schedulers.RangeAsync(start, start + PageSize - 1).ConfigureAwait(false);
            var jobs = await Task.WhenAll(page.Select(entry => database().HashGetAsync(
                keys.Job($"repeat:{entry.Element}:{Score(entry)}"), ["name", "finishedOn"]))).ConfigureAwait(false);
            for (var index = 0; index < page.Length; index++)
            {
                var isGone = jobs[index][0].IsNull;
                var isDone = !jobs[index][1].IsNull;
                var isLate = page[index].Score < (clock.GetUtcNow() - Patience).ToUnixTimeMilliseconds();
                if ((isGone || isDone || (isLate && looks-- > 0))
                    && await TryRepairAsync(page[index].Element!, isGone, isDone).ConfigureAwait(false))
                {
                    repaired.Add(page[index].Element!);
                }
            }

            if (page.Length < PageSize)
            {
                return repaired;
            }
        }
    }

    private static string Score(SortedSetEntry entry) =>
        entry.Score.ToString("R", CultureInfo.InvariantCulture);

    private async Task<bool> TryRepairAsync(string id, bool isGone, bool isDone)
    {
        try
        {
            return await RepairAsync(id, isGone, isDone).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            // A record that cannot be read here was reported when its job was taken.
            return false;
        }
    }

    private async Task<bool> RepairAsync(string id, bool isGone, bool isDone)
    {
        if (await _schedulers.GetAsync(id).ConfigureAwait(false) is not { Iterations: { } iterations } record)
        {
            return false;
        }

        if (isDone)
        {
            if (await _inspection.GetJobAsync(record.JobId).ConfigureAwait(false) is not { FinishedOn: > 0 } job)
            {
                return false;
            }

            await _chain.ContinueAsync(job).ConfigureAwait(false);
            return await _schedulers.GetAsync(id).ConfigureAwait(false) is { } now && now.Next != record.Next;
        }

        if (!isGone && await _inspection.GetStateAsync(record.JobId).ConfigureAwait(false) != JobState.Unknown)
        {
            return false;
        }

        // A job that is gone may have been the last: then its number says so.
        if (isGone && record.Limit is { } limit && iterations >= limit && record.NextMs <= clock.GetUtcNow().ToUnixTimeMilliseconds())
        {
            return false;
        }

        return await RestoreAsync(record, iterations).ConfigureAwait(false);
    }

    private async Task<bool> RestoreAsync(SchedulerRecord record, long iterations)
    {
        var now = clock.GetUtcNow();
        var nowMs = now.ToUnixTimeMilliseconds();
        if (StoredSchedule.Read(record) is not { } schedule || NextMs(record, schedule, now) is not { } nextMs)
        {
            return false;
        }

        var options = IterationOptions.Of(record, iterations).Pack(nextMs, nowMs);
        return await _schedulers.RestoreAsync(record, nextMs, options, nowMs).ConfigureAwait(false);
    }

    private static long? NextMs(SchedulerRecord record, JobSchedule schedule, DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        var next = record.NextMs;
        if (next <= nowMs)
        {
            switch (schedule)
            {
                case JobSchedule.Every:
                    var every = record.EveryMs!.Value;
                    next += ((nowMs - next) / every + 1) * every;
                    break;
                case JobSchedule.Cron cron when ScheduleRuns.FindZone(cron.TimeZone) is { } zone:
                    next = CronWalk.Next(CronPattern.Parse(cron.Pattern), zone, now)?.ToUnixTimeMilliseconds() ?? long.MaxValue;
                    break;
                default:
                    return null;
            }
        }

        return next > (record.EndMs ?? long.MaxValue - 1) ? null : next;
    }
}
