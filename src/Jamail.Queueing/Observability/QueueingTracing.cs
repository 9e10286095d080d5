using System.Diagnostics;

namespace Jamail.Queueing;

/// <summary>
/// Spans, and the context that travels with a job: W3C headers in the option <c>tm</c>, as Node's BullMQ puts them there.
/// </summary>
internal sealed class QueueingTracing : IDisposable
{
    private readonly ActivitySource _source = new(QueueingTelemetry.ActivitySourceName);

    public bool IsListenedTo => _source.HasListeners();

    /// <summary>A span for one add; null while nobody listens.</summary>
    public Activity? StartAdd(QueueName queue, string jobName) =>
        Describe(_source.StartActivity($"add {queue}.{jobName}", ActivityKind.Producer), queue);

    /// <summary>A span for many adds; null while nobody listens.</summary>
    public Activity? StartBulk(QueueName queue, int jobs) =>
        Describe(IsListenedTo ? _source.StartActivity($"addBulk {queue}", ActivityKind.Producer) : null, queue)
            ?.SetTag("messaging.batch.message_count", jobs);

    /// <summary>The context that a job carries to whoever works it; null when there is none.</summary>
    public static string? Context(JobOptions? options)
    {
        if (options?.TraceParent is { } given)
        {
            return TraceContext.Json(given, options.TraceState);
        }

        return Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } current
            ? TraceContext.Json(id, current.TraceStateString)
            : null;
    }

    /// <summary>A span for an attempt, below the add that made the job; null while nobody listens.</summary>
    public Activity? StartAttempt(RunningJob job, QueueName queue)
    {
        if (!IsListenedTo)
        {
            return null;
        }

        var parent = job.Options.TraceContext is { } carried ? TraceContext.Read(carried) : default;
        return Describe(_source.StartActivity($"process {queue}", ActivityKind.Consumer, parent), queue)
            ?.SetTag("messaging.message.id", job.Stored.Id)
            .SetTag(QueueingTelemetry.JobTag, job.Stored.Name)
            .SetTag("jamail.attempt", job.Stored.AttemptsMade + 1);
    }

    /// <summary>Ends a span of an attempt.</summary>
    public static void End(Activity? activity, RunningJob job, Settlement settlement)
    {
        if (activity is null)
        {
            return;
        }

        var outcome = OutcomeName.Of(job, settlement);
        activity.SetTag(QueueingTelemetry.OutcomeTag, outcome);
        if (outcome is "failed" or "retried")
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }

        activity.Dispose();
    }

    public void Dispose() => _source.Dispose();

    private static Activity? Describe(Activity? activity, QueueName queue) =>
        activity?.SetTag("messaging.system", "bullmq").SetTag("messaging.destination.name", queue.Value);
}
