namespace Jamail.Queueing;

/// <summary>Looks into one queue and steers it. No call waits for ever.</summary>
internal sealed class JobQueueInspector(
    QueueKeys keys, ScriptRunner scripts, RedisConnections connections, QueueMeta meta, DataMask mask, KeepJobs keepFailed, TimeProvider clock)
    : IJobQueueInspector
{
    private const int MaxPage = 1000;

    private readonly Inspection _inspection = new(() => connections.Database, scripts, keys);
    private readonly JobDetailsReader _jobs = new(new(() => connections.Database, scripts, keys), mask);
    private readonly Maintenance _maintenance = new(scripts, keys);
    private readonly CancelJob _cancel = new(scripts, keys);
    private readonly RedisCalls _calls = new(keys.Queue, connections, clock);

    public QueueName Name => keys.Queue;

    public Task<JobCounts> GetCountsAsync(CancellationToken cancellationToken = default) =>
        CallAsync(_inspection.GetCountsAsync, cancellationToken);

    public Task<JobDetails?> TryGetJobAsync(JobId id, CancellationToken cancellationToken = default) =>
        CallAsync(() => _jobs.TryReadAsync(id), cancellationToken);

    public Task<JobPage> GetJobsAsync(
        JobState state, string? cursor = null, int pageSize = 50, CancellationToken cancellationToken = default)
    {
        if (pageSize is < 1 or > MaxPage)
        {
            throw new ArgumentOutOfRangeException(nameof(pageSize), pageSize, $"The page size must be 1 to {MaxPage}.");
        }

        var start = JobPosition.Parse(state, cursor);
        return CallAsync(() => _jobs.ReadPageAsync(state, start, pageSize), cancellationToken);
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
        return CallAsync(() => _jobs.ReadRangeAsync(state, start, count, newestFirst), cancellationToken);
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

    private Task CallAsync(Func<Task> call, CancellationToken cancellationToken) =>
        _calls.RunAsync(_ => call(), cancellationToken);

    private Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        _calls.RunAsync(_ => call(), cancellationToken);
}
