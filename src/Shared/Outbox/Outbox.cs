using Jamail.Queueing;
using Microsoft.Extensions.Logging;

namespace Jamail.Shared;

/// <summary>
/// Brings the jobs of committed rows to the queue: at once for the call that stored a row, on the signal of a commit for
/// rows stored in somebody's transaction, after a while for rows whose call died in between.
/// </summary>
internal sealed class Outbox<TRow> : IAsyncDisposable
    where TRow : OutboxRow
{
    private const int MostConfirmed = 5_000;

    private readonly IOutboxStore<TRow> _rows;
    private readonly IJobQueue _queue;
    private readonly QueueOwner _owner;
    private readonly OutboxSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly GroupRunner<TRow, bool> _adds;
    private readonly GroupRunner<Added, bool> _confirmations;
    private readonly CancellationTokenSource _stopping = new();
    private string? _epoch;

    public Outbox(
        IOutboxStore<TRow> rows,
        IJobQueue queue,
        QueueOwner owner,
        OutboxSettings settings,
        TimeProvider clock,
        ILogger logger)
    {
        _rows = rows;
        _queue = queue;
        _owner = owner;
        _settings = settings;
        _clock = clock;
        _logger = logger;
        _adds = new GroupRunner<TRow, bool>(AddAsync, OutboxSettings.PageSize);
        _confirmations = new GroupRunner<Added, bool>(ConfirmAsync, MostConfirmed);
    }

    /// <summary>
    /// Adds the job of a row that was just committed. Waits a little, so that the job is usually there when the caller
    /// is answered; a Redis that is away does not keep the caller, and the outbox adds the job when it is back. The row's
    /// <c>due_at</c> must lie <see cref="OutboxSettings.ConfirmWithin"/> ahead: until then the row is the caller's.
    /// </summary>
    public async Task AddNowAsync(TRow row, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (row.LeasedUntil == 0)
        {
            row.LeasedUntil = _clock.UnixMs() + Milliseconds(_settings.ConfirmWithin);
        }

        if (CurrentTrace.Read() is { Parent: not null } trace)
        {
            (row.TraceParent, row.TraceState) = trace;
        }

        var adding = _adds.RunAsync(row, CancellationToken.None);
        try
        {
            await adding.WaitAsync(patience, _clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is TimeoutException or JobQueueException or StoreUnavailableException)
        {
            _ = adding.ContinueWith(
                late => late.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }
    }

    /// <summary>Adds the jobs of all rows that want one and are due.</summary>
    /// <returns>How many rows Redis confirmed.</returns>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var confirmed = 0;
        while (true)
        {
            var now = _clock.UnixMs();
            var rows = await _rows.LeaseWantedAsync(
                OutboxSettings.PageSize, now, now + Milliseconds(_settings.ConfirmWithin), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                return confirmed;
            }

            foreach (var row in rows)
            {
                row.LeasedUntil = now + Milliseconds(_settings.ConfirmWithin);
            }

            var added = await AddLeasedAsync(rows, cancellationToken).ConfigureAwait(false);
            await ConfirmAddedAsync(added, cancellationToken).ConfigureAwait(false);
            confirmed += added.Count;
            if (added.Count == 0)
            {
                return confirmed;
            }
        }
    }

    /// <summary>Finds out whether Redis lost its memory, and makes the rows it forgot want a job again.</summary>
    /// <returns>How many rows.</returns>
    public async Task<int> CompareEpochAsync(CancellationToken cancellationToken)
    {
        _epoch = null;
        var epoch = await EpochAsync(cancellationToken).ConfigureAwait(false);
        var total = 0;
        int count;
        do
        {
            count = await _rows.WantAgainAsync(epoch, _clock.UnixMs(), OutboxSettings.PageSize, cancellationToken).ConfigureAwait(false);
            total += count;
        }
        while (count == OutboxSettings.PageSize);

        if (total > 0)
        {
            _logger.MemoryLost(_queue.Name.Value, total);
        }

        return total;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _adds.DisposeAsync().ConfigureAwait(false);
        await _confirmations.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    // The next add does not wait until the rows of this one say that they have their jobs.
    private async Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<TRow> leased, CancellationToken cancellationToken)
    {
        var added = await AddLeasedAsync(leased, cancellationToken).ConfigureAwait(false);
        foreach (var one in added)
        {
            _ = _confirmations.RunAsync(one, CancellationToken.None);
        }

        var done = added.Select(one => one.Row.Id).ToHashSet(StringComparer.Ordinal);
        return [.. leased.Select(row => done.Contains(row.Id))];
    }

    private async Task<IReadOnlyList<Added>> AddLeasedAsync(IReadOnlyList<TRow> leased, CancellationToken cancellationToken)
    {
        // A job that was added, done and removed is done again by a second add, so a row is only added by who leases it. Half
        // of the lease is left for the call itself.
        var latest = _clock.UnixMs() + (Milliseconds(_settings.ConfirmWithin) / 2);
        var rows = leased.Where(row => row.LeasedUntil > latest).ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        // Read before the add: a memory that is lost in between is then noticed by the next comparison.
        var epoch = await EpochAsync(cancellationToken).ConfigureAwait(false);
        var jobs = await _queue.AddManyAsync(rows.Select(CreateJob), cancellationToken).ConfigureAwait(false);
        var added = new List<Added>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (jobs[i].Id is not null)
            {
                added.Add(new Added(rows[i], epoch));
            }
        }

        if (added.Count < rows.Count)
        {
            Blocked(jobs.First(job => job.Id is null).Error?.Message ?? "");
        }

        return added;
    }

    // A row whose confirmation failed is added again when its lease ends; the queue knows its job's id. Nobody awaits this, so it tells
    // of every fault itself.
    private async Task<IReadOnlyList<bool>> ConfirmAsync(IReadOnlyList<Added> added, CancellationToken cancellationToken)
    {
        if (_settings.ConfirmAfter > TimeSpan.Zero)
        {
            await Task.Delay(_settings.ConfirmAfter, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            await ConfirmAddedAsync(added, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Blocked(fault.Message);
        }

        return [.. added.Select(_ => true)];
    }

    private async Task ConfirmAddedAsync(IEnumerable<Added> added, CancellationToken cancellationToken)
    {
        foreach (var group in added.GroupBy(one => one.Epoch, one => one.Row, StringComparer.Ordinal))
        {
            await _rows.ConfirmAsync(
                [.. group], group.Key, _clock.UnixMs() + Milliseconds(_settings.CheckAfter), cancellationToken).ConfigureAwait(false);
        }
    }

    private void Blocked(string reason) =>
        _logger.OutboxBlocked(_queue.Name.Value, reason, _settings.ConfirmWithin.TotalMilliseconds);

    private NewJob<RawJson> CreateJob(TRow row)
    {
        var job = _rows.CreateJob(row);
        return row.TraceParent is null
            ? job
            : job with { Options = (job.Options ?? new()) with { TraceParent = row.TraceParent, TraceState = row.TraceState } };
    }

    private async Task<string> EpochAsync(CancellationToken cancellationToken) =>
        _epoch ??= await _owner.EpochAsync(cancellationToken).ConfigureAwait(false);

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    private sealed record Added(TRow Row, string Epoch);
}
