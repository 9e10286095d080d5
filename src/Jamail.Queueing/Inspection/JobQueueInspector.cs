using System.Globalization;

namespace Jamail.Queueing;

/// <summary>Looks into one queue and steers it. No call waits for ever.</summary>
internal sealed class JobQueueInspector(
    QueueKeys keys, ScriptRunner scripts, RedisConnections connections, QueueMeta meta, DataMask mask, KeepJobs keepFailed, TimeProvider clock)
    : IJobQueueInspector
{
    private const int MaxPage = 1000;

    private readonly Inspection _inspection = new(() => connections.Database, scripts, keys);
    private readonly Maintenance _maintenance = new(scripts, keys);
    private readonly CancelJob _cancel = new(scripts, keys);
    private readonly RedisCalls _calls = new(keys.Queue, connections, clock);

    public QueueName Name => keys.Queue;

    public Task<JobCounts> GetCountsAsync(CancellationToken cancellationToken = default) =>
        CallAsync(_inspection.GetCountsAsync, cancellationToken);

    public Task<JobDetails?> TryGetJobAsync(JobId id, CancellationToken cancellationToken = default) =>
        CallAsync(
            async () =>
            {
                var (job, state) = await _inspection.GetJobAndStateAsync(id.Value).ConfigureAwait(false);
                return job?.Name is null ? null : Present(job, state);
            },
            cancellationToken);

    public Task<JobPage> GetJobsAsync(
        JobState state, string? cursor = null, int pageSize = 50, CancellationToken cancellationToken = default)
    {
        if (pageSize is < 1 or > MaxPage)
        {
            throw new ArgumentOutOfRangeException(nameof(pageSize), pageSize, $"The page size must be 1 to {MaxPage}.");
        }

        var lists = StateNames.Of(state);
        var (list, start) = Position(lists, cursor);
        return CallAsync(() => ReadPageAsync(state, lists, list, start, pageSize), cancellationToken);
    }

    public Task<JobState> GetStateAsync(JobId id, CancellationToken cancellationToken = default) =>
        CallAsync(() => _inspection.GetStateAsync(id.Value), cancellationToken);

    public Task<IReadOnlyList<string>> GetLogsAsync(JobId id, CancellationToken cancellationToken = default) =>
        CallAsync<IReadOnlyList<string>>(
            async () => await _inspection.GetLogsAsync(id.Value).ConfigureAwait(false), cancellationToken);

    public Task<bool> IsPausedAsync(CancellationToken cancellationToken = default) =>
        CallAsync(_inspection.IsPausedAsync, cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken = default) =>
        CallAsync(_maintenance.PauseAsync, cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken = default) =>
        CallAsync(_maintenance.ResumeAsync, cancellationToken);

    public Task RetryAsync(JobId id, CancellationToken cancellationToken = default) =>
        CallAsync(
            async () =>
            {
                var (job, state) = await _inspection.GetJobAndStateAsync(id.Value).ConfigureAwait(false);
                if (job is null || state is not (JobState.Completed or JobState.Failed))
                {
                    throw ScriptRunner.Refusal(job is null ? -1 : -3, Name, id);
                }

                await connections.Database.HashDeleteAsync(keys.Cancelled, id.Value).ConfigureAwait(false);
                await _maintenance.ReprocessAsync(id.Value, state, JobRunOptions.Read(job.Options).Lifo).ConfigureAwait(false);
            },
            cancellationToken);

    public Task PromoteAsync(JobId id, CancellationToken cancellationToken = default) =>
        CallAsync(() => _maintenance.PromoteAsync(id.Value), cancellationToken);

    public Task<IReadOnlyDictionary<int, long>> GetCountsByPriorityAsync(
        IReadOnlyList<int> priorities, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(priorities);
        if (priorities.Count == 0)
        {
            throw new ArgumentException("No priority is given; give at least one.", nameof(priorities));
        }

        foreach (var priority in priorities)
        {
            JobOptionsRules.CheckPriority(priority);
        }

        return CallAsync(() => _inspection.GetCountsByPriorityAsync(priorities), cancellationToken);
    }

    public Task ChangePriorityAsync(JobId id, int priority, bool lifo = false, CancellationToken cancellationToken = default)
    {
        JobOptionsRules.CheckPriority(priority);
        return CallAsync(() => _maintenance.ChangePriorityAsync(id.Value, priority, lifo), cancellationToken);
    }

    public Task ChangeDelayAsync(JobId id, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        JobOptionsRules.NotNegative(delay, "The delay", "zero makes the job due now");
        return CallAsync(() => _maintenance.ChangeDelayAsync(id.Value, delay, clock.GetUtcNow()), cancellationToken);
    }

    public Task<JobId?> TryGetDuplicatedJobAsync(string deduplicationId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(deduplicationId);
        return CallAsync(
            async () => await _inspection.GetDuplicatedJobAsync(deduplicationId).ConfigureAwait(false) is { Length: > 0 } id
                ? JobId.Parse(id)
                : (JobId?)null,
            cancellationToken);
    }

    public Task<bool> ReleaseDeduplicationAsync(
        string deduplicationId, JobId? onlyFor = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(deduplicationId);
        return CallAsync(
            () => onlyFor is { } job
                ? _maintenance.ReleaseDeduplicationAsync(deduplicationId, job.Value)
                : connections.Database.KeyDeleteAsync(keys.Deduplication(deduplicationId)),
            cancellationToken);
    }

    public Task<bool> UpdatePayloadAsync<TPayload>(JobId id, TPayload payload, CancellationToken cancellationToken = default)
    {
        var data = JobPayloadJson.Encode(payload);
        return CallAsync(() => _maintenance.UpdateDataAsync(id.Value, data), cancellationToken);
    }

    public Task<bool> RemoveAsync(JobId id, CancellationToken cancellationToken = default) =>
        CallAsync(() => _maintenance.RemoveAsync(id.Value), cancellationToken);

    public Task<JobCancelResult> CancelAsync(
        JobId id, string reason, AfterCancel then = AfterCancel.Fail, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return CallAsync(
            async () =>
            {
                var job = await _inspection.GetJobAsync(id.Value).ConfigureAwait(false);
                var keep = JobRunOptions.Read(job?.Options).RemoveOnFail ?? keepFailed;
                return await _cancel
                    .RunAsync(id.Value, FailureText.Reason(reason), then, keep, clock.GetUtcNow().ToUnixTimeMilliseconds())
                    .ConfigureAwait(false);
            },
            cancellationToken);
    }

    public Task<string> GetEpochAsync(CancellationToken cancellationToken = default) =>
        CallAsync(() => meta.EpochAsync(cancellationToken), cancellationToken);

    public Task<string> ClaimForDatabaseAsync(string databaseId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(databaseId);
        return CallAsync(() => meta.DatabaseAsync(databaseId, cancellationToken), cancellationToken);
    }

    public Task<FinishedJobPage> GetFinishedAsync(string? after, int limit = 1000, CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "The limit must be 1 to 10000.");
        }

        return CallAsync(() => FinishedJobReader.ReadAsync(connections.Database, keys.Events, after, limit), cancellationToken);
    }

    public Task<IReadOnlyList<JobDetails>> GetRangeAsync(
        JobState state, long start, int count, bool newestFirst = false, CancellationToken cancellationToken = default)
    {
        CheckRange(start, count);
        var list = StateNames.Of(state)[0];
        return CallAsync<IReadOnlyList<JobDetails>>(
            async () => [.. (await _inspection.GetJobsAsync(list, start, start + count - 1, !newestFirst).ConfigureAwait(false))
                .Where(job => job.Name is not null).Select(job => Present(job, state))],
            cancellationToken);
    }

    public Task<JobLogs> GetLogsAsync(
        JobId id, long start, int count, bool newestFirst = false, CancellationToken cancellationToken = default)
    {
        CheckRange(start, count);
        return CallAsync(() => _inspection.GetLogsAsync(id.Value, start, start + count - 1, newestFirst), cancellationToken);
    }

    public Task<JobMetrics> GetMetricsAsync(JobState state, int minutes = 60, CancellationToken cancellationToken = default)
    {
        if (state is not (JobState.Completed or JobState.Failed))
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "Only finished jobs are counted: give Completed or Failed.");
        }

        if (minutes is < 1 or > 100_000)
        {
            throw new ArgumentOutOfRangeException(nameof(minutes), minutes, "The number of minutes must be 1 to 100000.");
        }

        return CallAsync(() => _inspection.GetMetricsAsync(state == JobState.Completed, minutes), cancellationToken);
    }

    public Task<string> GetPrometheusTextAsync(
        IReadOnlyDictionary<string, string>? labels = null, CancellationToken cancellationToken = default)
    {
        PrometheusText.Check(labels);
        return CallAsync(
            async () =>
            {
                var counts = _inspection.GetCountsAsync();
                var completed = _inspection.GetMetricsAsync(isCompleted: true, minutes: 1);
                var failed = _inspection.GetMetricsAsync(isCompleted: false, minutes: 1);
                return PrometheusText.Of(
                    Name,
                    await counts.ConfigureAwait(false),
                    await completed.ConfigureAwait(false),
                    await failed.ConfigureAwait(false),
                    labels ?? new Dictionary<string, string>());
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<WorkerInfo>> GetWorkersAsync(CancellationToken cancellationToken = default) =>
        CallAsync(() => WorkerList.ReadAsync(connections, keys), cancellationToken);

    private static void CheckRange(long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        if (count is < 1 or > MaxPage)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The count must be 1 to {MaxPage}.");
        }
    }

    private async Task<JobPage> ReadPageAsync(JobState state, string[] lists, int list, long start, int pageSize)
    {
        var ascending = state is not (JobState.Completed or JobState.Failed);
        var items = new List<JobDetails>();
        while (true)
        {
            var wanted = pageSize - items.Count;
            var ids = await _inspection
                .GetRangeAsync(lists[list], start, start + wanted - 1, ascending).ConfigureAwait(false);
            var jobs = await Task.WhenAll(ids.Select(_inspection.GetJobAsync)).ConfigureAwait(false);
            items.AddRange(jobs.Where(job => job?.Name is not null).Select(job => Present(job!, state)));
            start += ids.Count;
            if (ids.Count < wanted)
            {
                if (++list == lists.Length)
                {
                    return new JobPage(items, null);
                }

                start = 0;
            }

            if (items.Count == pageSize)
            {
                return new JobPage(items, string.Create(CultureInfo.InvariantCulture, $"{lists[list]}.{start}"));
            }
        }
    }

    private static (int List, long Start) Position(string[] lists, string? cursor)
    {
        if (cursor is null)
        {
            return (0, 0);
        }

        var dot = cursor.LastIndexOf('.');
        var list = dot < 0 ? -1 : Array.IndexOf(lists, cursor[..dot]);
        return list >= 0
            && long.TryParse(cursor.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? (list, start)
            : throw new ArgumentException(
                $"The cursor '{cursor}' is not one of this list; give 'Next' of the page before, or none.", nameof(cursor));
    }

    private JobDetails Present(StoredJob job, JobState state) => new()
    {
        Id = JobId.Parse(job.Id),
        Name = job.Name ?? "",
        State = state,
        Data = mask.Apply(job.Data ?? "{}"u8.ToArray()),
        Options = System.Text.Encoding.UTF8.GetString(job.Options ?? "{}"u8.ToArray()),
        Timestamp = Time(job.Timestamp) ?? DateTimeOffset.UnixEpoch,
        Delay = TimeSpan.FromMilliseconds(Math.Clamp(job.DelayMs, 0, (long)TimeSpan.MaxValue.TotalMilliseconds / 2)),
        Priority = job.Priority,
        AttemptsMade = job.AttemptsMade,
        AttemptsStarted = job.AttemptsStarted,
        StalledCount = job.StalledCount,
        ProcessedOn = Time(job.ProcessedOn),
        FinishedOn = Time(job.FinishedOn),
        ProcessedBy = job.ProcessedBy,
        ReturnValue = mask.Apply(job.ReturnValue),
        FailedReason = job.FailedReason,
        StackTraces = FailureText.Traces(job.StackTraceJson),
        Progress = mask.Apply(job.ProgressJson),
    };

    private static DateTimeOffset? Time(long ms) =>
        ms <= 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(ms, 253_402_300_799_999));

    private Task CallAsync(Func<Task> call, CancellationToken cancellationToken) =>
        _calls.RunAsync(_ => call(), cancellationToken);

    private Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        _calls.RunAsync(_ => call(), cancellationToken);
}
