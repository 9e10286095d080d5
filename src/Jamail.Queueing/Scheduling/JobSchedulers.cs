using System.Globalization;
using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>The schedulers of one queue.</summary>
internal sealed class JobSchedulers(
    QueueKeys keys, ScriptRunner scripts, RedisConnections connections, QueueMeta meta, DataMask mask, TimeProvider clock)
    : IJobSchedulers
{
    private const int MaxPage = 1000;
    private static readonly byte[] NoOptions = PackedJson.Pack(JsonSerializer.SerializeToElement(new { }));

    private readonly Schedulers _schedulers = new(() => connections.Database, scripts, keys);
    private readonly RedisCalls _calls = new(keys.Queue, connections, clock);

    public QueueName Queue => keys.Queue;

    public async Task<NextRun> UpsertAsync<TPayload>(
        string id,
        JobSchedule schedule,
        string name,
        TPayload payload,
        JobOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        JobScheduleRules.CheckId(id);
        var now = clock.GetUtcNow();
        JobScheduleRules.Check(schedule, now);
        JobOptionsRules.Check(name, options);
        JobScheduleRules.CheckOptions(options);
        var data = JobPayloadJson.Encode(payload);
        JobOptionsRules.CheckSize(data.Length, options);

        var version = options?.PayloadVersion ?? PayloadVersions<TPayload>.Value;
        var template = options is null && version == 1 ? null : JobOptionsJson.Encode(options, keys.Prefix, version);
        var record = StoredSchedule.Of(id, schedule, name, data, template);
        var nowMs = now.ToUnixTimeMilliseconds();
        var nextMs = schedule is JobSchedule.Cron cron ? ScheduleRuns.FirstOf(cron, now)?.ToUnixTimeMilliseconds() : null;
        var (jobId, delayMs) = await _calls.RunAsync(
            async _ =>
            {
                await meta.EnsureAsync(cancellationToken).ConfigureAwait(false);
                return await _schedulers.AddAsync(
                    record,
                    nextMs,
                    template is null ? NoOptions : PackedJson.Pack(JsonSerializer.Deserialize<JsonElement>(template)),
                    IterationOptions.Of(record, 1).Pack(nextMs, nowMs),
                    nowMs).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return new NextRun(JobId.Parse(jobId), DateTimeOffset.FromUnixTimeMilliseconds(nowMs + delayMs));
    }

    public Task<JobScheduler?> TryGetAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _calls.RunAsync(
            async _ => await _schedulers.GetAsync(id).ConfigureAwait(false) is { } record ? Present(record) : null,
            cancellationToken);
    }

    public Task<Page<JobScheduler>> ListAsync(
        string? cursor = null, int pageSize = 50, CancellationToken cancellationToken = default)
    {
        if (pageSize is < 1 or > MaxPage)
        {
            throw new ArgumentOutOfRangeException(nameof(pageSize), pageSize, $"The page size must be 1 to {MaxPage}.");
        }

        var start = 0L;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out start))
        {
            throw new ArgumentException(
                $"The cursor '{cursor}' is not one of this list; give 'Next' of the page before, or none.", nameof(cursor));
        }

        return _calls.RunAsync(
            async _ =>
            {
                var entries = await _schedulers.RangeAsync(start, start + pageSize).ConfigureAwait(false);
                var records = await Task.WhenAll(entries.Take(pageSize).Select(entry => _schedulers.GetAsync(entry.Element!)))
                    .ConfigureAwait(false);
                return new Page<JobScheduler>(
                    [.. records.OfType<SchedulerRecord>().Select(Present)],
                    entries.Length <= pageSize ? null : (start + pageSize).ToString(CultureInfo.InvariantCulture));
            },
            cancellationToken);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken = default) =>
        _calls.RunAsync(_ => _schedulers.CountAsync(), cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _calls.RunAsync(_ => _schedulers.RemoveAsync(id), cancellationToken);
    }

    private JobScheduler Present(SchedulerRecord record) => new()
    {
        Id = record.Id,
        Name = record.Name ?? "",
        Schedule = StoredSchedule.Read(record),
        Next = new NextRun(JobId.Parse(record.JobId), LenientText.Moment(record.NextMs)),
        Runs = record.Iterations ?? 0,
        Data = mask.Apply(record.Data) ?? "{}",
        Options = record.Template ?? "{}",
    };
}
