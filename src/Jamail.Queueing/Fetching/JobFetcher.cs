namespace Jamail.Queueing;

/// <summary>Takes jobs one at a time, each under a token of its own.</summary>
internal sealed class JobFetcher : IJobFetcher, IDisposable
{
    private readonly WorkerContext _context;
    private readonly QueueMeta _meta;
    private readonly JobRunner _runner;
    private readonly SettlementRules _rules;
    private readonly RedisCalls _calls;
    private readonly FinishJobs _finishJobs;
    private readonly MoveStalledJobs _moveStalledJobs;
    private readonly Orphans _orphans;
    private readonly FetchWait _wait;
    private long _fetches;
    private long _heldUntilMs;

    public JobFetcher(WorkerContext context, QueueMeta meta, JobRunner runner, SettlementRules rules)
    {
        _context = context;
        _meta = meta;
        _runner = runner;
        _rules = rules;
        _calls = new RedisCalls(context.Queue, context.Connections, context.Clock);
        _finishJobs = new FinishJobs(context.Scripts, context.Keys);
        _moveStalledJobs = new MoveStalledJobs(context.Scripts, context.Keys);
        _orphans = new Orphans(context);
        _wait = new FetchWait(context);
        runner.Held = time => Volatile.Write(ref _heldUntilMs, context.NowMs + (long)Math.Ceiling(time.TotalMilliseconds));
    }

    public QueueName Name => _context.Queue;

    public async Task<FetchedJob?> TryFetchAsync(TimeSpan wait = default, CancellationToken cancellationToken = default)
    {
        if (wait < TimeSpan.Zero || wait > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(nameof(wait), wait, "The wait must be zero to 1 hour; call again to wait longer.");
        }

        var began = _context.Clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var held = TimeSpan.FromMilliseconds(Math.Max(0, Volatile.Read(ref _heldUntilMs) - _context.NowMs));
            var (job, limited, isMore) = held > TimeSpan.Zero
                ? (null, held, false)
                : await FetchAsync(cancellationToken).ConfigureAwait(false);
            var left = wait - _context.Clock.GetElapsedTime(began);
            if (job is not null || (left <= TimeSpan.Zero && !isMore))
            {
                return job;
            }

            if (limited > TimeSpan.Zero)
            {
                await Task.Delay(limited < left ? limited : left, _context.Clock, cancellationToken).ConfigureAwait(false);
            }
            else if (!isMore)
            {
                await _wait.SleepAsync(left, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task<IReadOnlyList<JobId>> RecoverStalledAsync(CancellationToken cancellationToken = default)
    {
        var stalled = await _calls.RunAsync(
            _ => _moveStalledJobs.RunAsync(
                _context.Options.MaxStalledCount, _context.NowMs, (long)_context.Options.StalledInterval.TotalMilliseconds),
            cancellationToken).ConfigureAwait(false);
        return [.. stalled.Select(JobId.Parse)];
    }

    public void Dispose() => _wait.Dispose();

    /// <returns>A job to hand out; how long the rate limit lasts; whether to look again at once.</returns>
    private async Task<(FetchedJob? Job, TimeSpan Limited, bool IsMore)> FetchAsync(CancellationToken cancellationToken)
    {
        var terms = _context.TermsOf($"{_context.WorkerId}:{Interlocked.Increment(ref _fetches)}");
        var sentAt = _context.Clock.GetTimestamp();
        var reply = await _calls.RunAsync(
            async _ =>
            {
                await _meta.EnsureAsync(cancellationToken).ConfigureAwait(false);
                sentAt = _context.Clock.GetTimestamp();
                return await _finishJobs.RunAsync([], 1, _context.NowMs, terms).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (reply.FetchFault is { } fault)
        {
            throw new JobQueueException(
                JobQueueError.ScriptFailed, $"Taking a job of queue '{Name}' failed inside Redis: {fault}", Name);
        }

        if (reply.Jobs.Count == 0)
        {
            return (null, TimeSpan.FromMilliseconds(reply.LimitedMs), false);
        }

        var stored = reply.Jobs[0];
        if (stored is { Name: null, Options: null })
        {
            await _orphans.DropAsync(stored.Id).ConfigureAwait(false);
            return (null, TimeSpan.Zero, true);
        }

        var running = new RunningJob(_runner, stored, terms.Token, _context.HeldUntil(sentAt));
        if (stored.RepeatJobKey is not null)
        {
            await _runner.ContinueScheduleAsync(running).ConfigureAwait(false);
        }

        var settling = new FetchedJobs(_context, _runner, _rules, terms, _calls);
        if (_runner.WhyNotToRun(running) is { } unfit)
        {
            await settling.SettleAsync(running, _ => Task.FromResult(unfit), cancellationToken).ConfigureAwait(false);
            return (null, TimeSpan.Zero, true);
        }

        return (new FetchedJob(running, settling), TimeSpan.Zero, false);
    }
}
