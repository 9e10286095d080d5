namespace Jamail.Queueing;

/// <summary>Lets schedulers without a next job be repaired now and then: one host of all does it, once per interval.</summary>
internal sealed class SchedulerSweeper(WorkerContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SchedulerRepair _repair =
        new(() => context.Connections.Database, context.Scripts, context.Keys, context.Clock);

    public async Task RunAsync(CancellationToken stopping)
    {
        var interval = context.Options.StalledInterval;
        using var timer = new PeriodicTimer(interval, context.Clock);
        do
        {
            try
            {
                var isOurs = await context.Connections.Database
                    .StringSetAsync(context.Keys.Own("schedulers-check"), context.NowMs, interval * 0.9, StackExchange.Redis.When.NotExists)
                    .WaitAsync(Patience, context.Clock, stopping).ConfigureAwait(false);
                if (isOurs)
                {
                    var repaired = await _repair.RunAsync(stopping)
                        .WaitAsync(Patience, context.Clock, stopping).ConfigureAwait(false);
                    foreach (var id in repaired)
                    {
                        context.Logger.SchedulerRepaired(context.Queue.Value, id);
                    }
                }
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                context.Logger.SchedulerSweepFailed(exception, context.Queue.Value);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }
}
