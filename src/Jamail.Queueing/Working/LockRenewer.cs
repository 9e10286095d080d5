namespace Jamail.Queueing;

/// <summary>Keeps the locks of all jobs of a worker, and tells a processor to stop before its lock may be gone.</summary>
internal sealed class LockRenewer(WorkerContext context, JobSlots slots)
{
    /// <summary>The share of the lock's duration that is left when a processor is told to stop.</summary>
    public const double Margin = 0.2;

    private const int MaxJobsPerCall = 1000;

    private readonly ExtendLocks _extendLocks = new(context.Scripts, context.Keys);
    private long _latenessTicks;

    /// <summary>How much later than planned the last renewal was done.</summary>
    public TimeSpan LastLateness => new(Interlocked.Read(ref _latenessTicks));

    public async Task RunAsync(CancellationToken stopping)
    {
        var interval = context.LockRenewInterval;
        using var timer = new PeriodicTimer(interval, context.Clock);
        var last = context.Clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            try
            {
                await RenewAsync(interval, stopping).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                context.Logger.LockRenewalFailed(exception, context.Queue.Value);
            }

            var late = context.Clock.GetElapsedTime(last) - interval;
            Interlocked.Exchange(ref _latenessTicks, Math.Max(0, late.Ticks));
            last = context.Clock.GetTimestamp();
        }
    }

    /// <summary>Runs on a timer of its own: it must fire when a renewal waits for an answer that does not come.</summary>
    public async Task WatchAsync(CancellationToken stopping)
    {
        var interval = TimeSpan.FromMilliseconds(
            Math.Clamp(context.Options.LockDuration.TotalMilliseconds / 50, 10, 1000));
        var margin = context.Ticks(context.Options.LockDuration * Margin);
        using var timer = new PeriodicTimer(interval, context.Clock);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            var now = context.Clock.GetTimestamp();
            foreach (var job in slots.All())
            {
                if (now >= job.HeldUntil - margin && !job.HasOutcome && job.TryStop(StopReason.LockNearlyLost))
                {
                    context.Metrics.LockLost(context.Queue);
                    context.Logger.LockNearlyLost(context.Queue.Value, job.Stored.Id);
                }
            }
        }
    }

    private async Task RenewAsync(TimeSpan interval, CancellationToken stopping)
    {
        // What was just fetched or renewed waits for the next tick.
        var enough = context.HeldUntil(context.Clock.GetTimestamp()) - context.Ticks(interval / 2);
        RunningJob[] due = [.. slots.All().Where(job => job.HeldUntil < enough)];
        foreach (var chunk in due.Chunk(MaxJobsPerCall))
        {
            var sentAt = context.Clock.GetTimestamp();
            var lost = await _extendLocks
                .RunAsync(
                    Array.ConvertAll(chunk, job => job.Stored.Id),
                    Array.ConvertAll(chunk, job => job.Token),
                    context.LockDurationMs)
                .WaitAsync(interval, context.Clock, stopping)
                .ConfigureAwait(false);
            var isLost = new HashSet<string>(lost, StringComparer.Ordinal);
            foreach (var job in chunk)
            {
                if (!isLost.Contains(job.Stored.Id))
                {
                    job.HeldUntil = context.HeldUntil(sentAt);
                }
                else if (!job.HasOutcome && job.Position >= 0 && job.TryStop(StopReason.LockLost))
                {
                    context.Metrics.LockLost(context.Queue);
                    context.Logger.LockLost(context.Queue.Value, job.Stored.Id);
                }
            }
        }
    }
}
