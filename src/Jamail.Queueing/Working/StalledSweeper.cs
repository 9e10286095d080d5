namespace Jamail.Queueing;

/// <summary>Brings jobs back whose worker died. Redis lets one sweep per interval through, whoever asks.</summary>
/// <param name="context">The worker.</param>
/// <param name="isPaused">A paused worker does not sweep.</param>
internal sealed class StalledSweeper(WorkerContext context, Func<bool> isPaused)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MoveStalledJobs _moveStalledJobs = new(context.Scripts, context.Keys);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(context.Options.StalledInterval, context.Clock);
        do
        {
            if (isPaused())
            {
                continue;
            }

            try
            {
                var stalled = await _moveStalledJobs
                    .RunAsync(
                        context.Options.MaxStalledCount,
                        context.NowMs,
                        (long)context.Options.StalledInterval.TotalMilliseconds)
                    .WaitAsync(Patience, context.Clock, stopping)
                    .ConfigureAwait(false);
                context.Metrics.JobsStalled(context.Queue, stalled.Count);
                foreach (var id in stalled)
                {
                    context.Logger.JobStalled(context.Queue.Value, id);
                }
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                context.Logger.StalledCheckFailed(exception, context.Queue.Value);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }
}
