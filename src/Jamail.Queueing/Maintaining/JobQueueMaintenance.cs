using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Maintains one queue, slice by slice.</summary>
internal sealed class JobQueueMaintenance(
    QueueKeys keys, ScriptRunner scripts, RedisCalls calls, IJobQueueInspector inspector, TimeProvider clock) : IJobQueueMaintenance
{
    private const int Slice = 1000;
    private const int CleanSlice = 10_000;
    private const string FirstCursor = "0";

    private readonly Cleaning _cleaning = new(scripts, keys);

    public QueueName Name => keys.Queue;

    public async Task<IReadOnlyList<JobId>> CleanAsync(
        JobState state, TimeSpan olderThan, int limit = 10_000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(olderThan, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (state is JobState.WaitingChildren or JobState.Unknown)
        {
            throw new ArgumentOutOfRangeException(nameof(state), state, "Jobs of this state cannot be cleaned; give another, or remove single jobs.");
        }

        var until = NowMs - (long)olderThan.TotalMilliseconds;
        var removed = new List<JobId>();
        foreach (var list in StateNames.Of(state))
        {
            int wanted;
            string[] ids;
            do
            {
                wanted = Math.Min(CleanSlice, limit - removed.Count);
                ids = wanted == 0
                    ? []
                    : await CallAsync(() => _cleaning.CleanAsync(list, until, wanted), cancellationToken).ConfigureAwait(false);
                removed.AddRange(ids.Select(JobId.Parse));
            }
            while (ids.Length == wanted && wanted > 0);
        }

        return removed;
    }

    public Task DrainAsync(bool withDelayed = false, CancellationToken cancellationToken = default) =>
        calls.RunAsync(_ => _cleaning.DrainAsync(withDelayed), cancellationToken);

    public async Task ObliterateAsync(bool withActive = false, CancellationToken cancellationToken = default)
    {
        if (!withActive && (await inspector.GetCountsAsync(cancellationToken).ConfigureAwait(false)).Active > 0)
        {
            throw _cleaning.HasActiveJobs();
        }

        await inspector.PauseAsync(cancellationToken).ConfigureAwait(false);
        while (await CallAsync(() => _cleaning.RemoveParentsAsync(Slice), cancellationToken).ConfigureAwait(false) == Slice)
        {
        }

        // What the script does not know goes first: with its last step it takes the events and the pause away.
        await ScanAsync(suffixes => RemoveRestAsync(suffixes, cancellationToken), cancellationToken).ConfigureAwait(false);
        while (await CallAsync(() => _cleaning.ObliterateAsync(Slice, withActive), cancellationToken).ConfigureAwait(false))
        {
        }
    }

    public Task<long> PromoteAllAsync(CancellationToken cancellationToken = default) =>
        RequeueAsync(JobState.Delayed, untilMs: null, resetAttempts: false, cancellationToken);

    public Task<long> RetryAllAsync(
        JobState state = JobState.Failed, bool resetAttempts = false, CancellationToken cancellationToken = default) =>
        state is JobState.Failed or JobState.Completed
            ? RequeueAsync(state, NowMs, resetAttempts, cancellationToken)
            : throw new ArgumentOutOfRangeException(nameof(state), state, "Only jobs that have finished can be retried: give Failed or Completed.");

    public Task<long> TrimEventsAsync(int length, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return calls.RunAsync(
            async database => (long)await database.ExecuteAsync("XTRIM", keys.Events, "MAXLEN", "~", length).ConfigureAwait(false),
            cancellationToken);
    }

    public async Task<long> RemoveOrphansAsync(CancellationToken cancellationToken = default)
    {
        var removed = 0L;
        await ScanAsync(
            async suffixes => removed += await CallAsync(
                () => _cleaning.RemoveOrphansAsync(QueueSuffixes.JobsAmong(suffixes)), cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return removed;
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<long> RequeueAsync(JobState state, long? untilMs, bool resetAttempts, CancellationToken cancellationToken)
    {
        var list = StateNames.Of(state)[0];
        var total = 0L;
        int moved;
        do
        {
            moved = await CallAsync(
                () => _cleaning.RequeueAsync(list, untilMs, Slice, resetAttempts, NowMs), cancellationToken).ConfigureAwait(false);
            total += moved;
        }
        while (moved == Slice || (moved > 0 && state != JobState.Delayed));
        return total;
    }

    private async Task RemoveRestAsync(string[] suffixes, CancellationToken cancellationToken)
    {
        await CallAsync(() => _cleaning.RemoveOrphansAsync(QueueSuffixes.JobsAmong(suffixes)), cancellationToken).ConfigureAwait(false);
        RedisKey[] rest = [.. suffixes.Where(QueueSuffixes.IsDeduplicationOrLimit).Select(suffix => (RedisKey)(keys.Base + suffix))];
        await calls.RunAsync(
            database => Task.WhenAll(rest.Select(key => database.KeyDeleteAsync(key))), cancellationToken).ConfigureAwait(false);
    }

    private async Task ScanAsync(Func<string[], Task> onKeys, CancellationToken cancellationToken)
    {
        var cursor = FirstCursor;
        do
        {
            (cursor, var suffixes) = await CallAsync(() => _cleaning.ScanAsync(cursor, Slice), cancellationToken).ConfigureAwait(false);
            await onKeys(suffixes).ConfigureAwait(false);
        }
        while (cursor != FirstCursor);
    }

    private Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        calls.RunAsync(_ => call(), cancellationToken);
}
