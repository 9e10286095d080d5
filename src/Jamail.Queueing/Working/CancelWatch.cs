using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>
/// Looks, while jobs run, whether somebody wants one of them to stop. The wish stands in Redis, so neither a lost message
/// nor a job that moves to another worker loses it.
/// </summary>
internal sealed class CancelWatch(WorkerContext context, JobSlots slots)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly List<RunningJob> _told = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, context.Clock);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            try
            {
                await LookAsync(stopping).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                if (RedisFaults.Of(exception) == RedisFault.Refused)
                {
                    context.Logger.CancelWatchFailed(exception, context.Queue.Value);
                }
            }
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        if (slots.Count == 0 && _told.Count == 0)
        {
            return;
        }

        var database = context.Connections.Database;
        var wanted = await database.HashGetAllAsync(context.Keys.Cancelled)
            .WaitAsync(Patience, context.Clock, stopping).ConfigureAwait(false);
        if (wanted.Length > 0)
        {
            Tell(wanted);
        }

        // Once the job is settled the wish is fulfilled: whoever retries the job means it to run.
        foreach (var job in _told.FindAll(job => job.Position < 0))
        {
            await database.HashDeleteAsync(context.Keys.Cancelled, job.Stored.Id)
                .WaitAsync(Patience, context.Clock, stopping).ConfigureAwait(false);
            _told.Remove(job);
        }
    }

    private void Tell(HashEntry[] wanted)
    {
        var running = slots.All();
        foreach (var entry in wanted)
        {
            var job = Array.Find(running, job => job.Stored.Id == entry.Name);
            if (job is { HasOutcome: false }
                && Cancellation.Read(entry.Value!) is { } cancellation
                && cancellation.CreatedMs == job.Stored.Timestamp
                && job.TryCancel(cancellation))
            {
                _told.Add(job);
                context.Logger.JobToldToStop(context.Queue.Value, job.Stored.Id);
            }
        }
    }
}
