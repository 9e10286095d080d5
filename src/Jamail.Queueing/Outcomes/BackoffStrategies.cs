using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing;

/// <summary>The back-offs of the host's own, by their type on the wire.</summary>
internal sealed class BackoffStrategies(QueueName queue, IReadOnlyDictionary<string, IBackoffStrategy> byType)
{
    public static BackoffStrategies None { get; } = new(default, new Dictionary<string, IBackoffStrategy>());

    /// <summary>Those that the host was told of for a queue.</summary>
    public static BackoffStrategies Of(QueueRegistration queue, IServiceProvider services) => new(
        queue.Name,
        queue.Backoffs.ToDictionary(
            pair => pair.Key, pair => (IBackoffStrategy)services.GetRequiredService(pair.Value), StringComparer.Ordinal));

    /// <returns>The wait in ms, null to give the job up; and what to add to the reason then.</returns>
    public (long? WaitMs, string? Note) Wait(RunningJob job, string reason, Exception? exception)
    {
        var backoff = job.Options.Backoff;
        if (backoff is null || !byType.TryGetValue(backoff.Type, out var strategy))
        {
            return (null, $"Not tried again: nobody here knows the back-off type '{backoff?.Type}'; use fixed, exponential or " +
                "schedule, or add a strategy for it.");
        }

        try
        {
            return strategy.WaitAfter(Present(job, backoff, reason, exception)) is { } wait
                ? ((long)Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, RetryDelay.MaxMs), null)
                : (null, null);
        }
        catch (Exception fault)
        {
            return (null, $"Not tried again: the back-off strategy '{backoff.Type}' failed with {fault.GetType().Name}.");
        }
    }

    private FailedAttempt Present(RunningJob job, StoredBackoff backoff, string reason, Exception? exception) => new()
    {
        Queue = queue,
        JobId = JobId.Parse(job.Stored.Id),
        JobName = job.Stored.Name ?? "",
        Attempt = job.Stored.AttemptsMade + 1,
        Attempts = job.Options.Attempts,
        Delay = TimeSpan.FromMilliseconds(Math.Clamp(backoff.DelayMs, 0, RetryDelay.MaxMs)),
        Reason = reason,
        Exception = exception,
    };
}
