namespace Jamail.Queueing;

/// <summary>
/// The names to listen to. Every measure carries <see cref="QueueTag"/> unless it says otherwise; times are in seconds.
/// </summary>
public static class QueueingTelemetry
{
    /// <summary>The <see cref="System.Diagnostics.ActivitySource"/>: a span for each add and for each attempt of a job.</summary>
    public const string ActivitySourceName = "Jamail.Queueing";

    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "Jamail.Queueing";

    /// <summary>Tag: the queue's name.</summary>
    public const string QueueTag = "jamail.queue";

    /// <summary>Tag: the job's name.</summary>
    public const string JobTag = "jamail.job";

    /// <summary>Tag: completed, failed, retried, postponed, returned or cancelled.</summary>
    public const string OutcomeTag = "jamail.outcome";

    /// <summary>Tag: waiting, prioritized, delayed, active or waiting-children.</summary>
    public const string StateTag = "jamail.state";

    /// <summary>Tag: the script that a call to Redis ran.</summary>
    public const string ScriptTag = "jamail.script";

    /// <summary>Histogram, with the job's name: from the time a job was to run, its delay not counted, until it first started.</summary>
    public const string WaitTime = "jamail.queue.wait_time";

    /// <summary>Histogram, with the job's name and the outcome: how long an attempt ran.</summary>
    public const string RunTime = "jamail.queue.run_time";

    /// <summary>Counter, with the job's name: attempts that failed and are followed by another.</summary>
    public const string Retries = "jamail.queue.retries";

    /// <summary>Counter: jobs that had lost their worker.</summary>
    public const string Stalled = "jamail.queue.stalled";

    /// <summary>Counter: jobs whose lock was lost, or was not renewed in time, while they ran.</summary>
    public const string LocksLost = "jamail.queue.locks_lost";

    /// <summary>Gauge: how much later than planned locks were last renewed.</summary>
    public const string RenewalLateness = "jamail.queue.renewal_lateness";

    /// <summary>Gauge, with the state: jobs in it. Read every few seconds, while somebody listens.</summary>
    public const string Depth = "jamail.queue.depth";

    /// <summary>Gauge: how long the job that is next has been ready to run. Read with the depth.</summary>
    public const string OldestWait = "jamail.queue.oldest_wait";

    /// <summary>Histogram, with the script: jobs added or settled by one call to Redis.</summary>
    public const string GroupSize = "jamail.queue.group_size";

    /// <summary>Gauge, without tags: calls to Redis under way.</summary>
    public const string CallsUnderWay = "jamail.redis.calls_under_way";

    /// <summary>Histogram, with the script and no queue: from sending a call to Redis until its answer is there.</summary>
    public const string RoundTrip = "jamail.redis.round_trip";
}
