using Jamail.Queueing;

namespace ReferenceHost.Tests.Snippets;

internal static class Looking
{
    public static async Task<string> LookAsync(IJobQueues queues, JobId id, CancellationToken cancellationToken)
    {
        // snippet: look
        var images = queues.Inspect("images");
        var counts = await images.GetCountsAsync(cancellationToken);
        var newest = await images.GetRangeAsync(JobState.Failed, 0, 10, newestFirst: true, cancellationToken);
        var lastRows = await images.GetLogsAsync(id, 0, 20, newestFirst: true, cancellationToken);
        var workers = await images.GetWorkersAsync(cancellationToken);
        // end
        return $"{counts.Failed} {newest.Count} {lastRows.Total} {workers.Count}";
    }

    public static async Task SteerAsync(IJobQueues queues, JobId id, CancellationToken cancellationToken)
    {
        // snippet: steer
        var partner = queues.Inspect("partner");
        await partner.ChangePriorityAsync(id, 1, lifo: true, cancellationToken);
        await partner.ChangeDelayAsync(id, TimeSpan.FromMinutes(1), cancellationToken);
        var byPriority = await partner.GetCountsByPriorityAsync([0, 1, 2], cancellationToken);
        // end
        _ = byPriority;
    }

    public static async Task<DateTimeOffset?> ReadAsync(IJobSchedulers schedulers, CancellationToken cancellationToken)
    {
        // snippet: read-scheduler
        var report = await schedulers.TryGetAsync("weekday-report", cancellationToken);
        var nextFive = report?.Preview(5);
        await schedulers.RemoveAsync("cleanup", cancellationToken);
        // end
        return nextFive?[0];
    }

    public static async Task RescheduleAsync(IJobQueue images, object request, CancellationToken cancellationToken)
    {
        // snippet: reschedule
        await images.AddAsync("remind", request, new JobOptions
        {
            Delay = TimeSpan.FromHours(1),
            Deduplication = new Deduplication("remind-17") { WhileDelayed = DuplicateEffect.Reschedule },
        }, cancellationToken);
        // end
    }

    public static async Task<bool> RetryAsync(IJobQueueInspector images, JobId id, CancellationToken cancellationToken)
    {
        // snippet: errors
        try
        {
            await images.RetryAsync(id, cancellationToken);
            return true;
        }
        catch (JobQueueException refusal) when (refusal.Error is JobQueueError.JobNotFound or JobQueueError.InvalidState)
        {
            return false;
        }
        // end
    }
}
