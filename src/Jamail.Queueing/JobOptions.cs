namespace Jamail.Queueing;

/// <summary>How one job is to run. What is <see langword="null"/> takes the queue's default.</summary>
public sealed record JobOptions
{
    /// <summary>How often the job is tried in all.</summary>
    /// <value>1 or more. Default: 1, no retry.</value>
    public int? Attempts { get; init; }

    /// <summary>How long to wait between attempts.</summary>
    /// <value>Default: no wait.</value>
    public Backoff? Backoff { get; init; }

    /// <summary>The job becomes ready only after this time.</summary>
    /// <value>Zero or more. Default: zero.</value>
    public TimeSpan? Delay { get; init; }

    /// <summary>Order among prioritized jobs: 1 runs first. Jobs without a priority run before all of them.</summary>
    /// <value>0 (none) to 2,097,151. Default: 0.</value>
    public int? Priority { get; init; }

    /// <summary>Newest first: the job goes to the front of the waiting list. No effect with a priority or a delay.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool? Lifo { get; init; }

    /// <summary>An id of the caller's choice (<see cref="JobId.Choose"/>): while a job with it exists, adding it again adds nothing.</summary>
    /// <value>Default: Redis gives the next number.</value>
    public JobId? Id { get; init; }

    /// <summary>The trace that the job belongs to, as a W3C <c>traceparent</c>; travels in the option <c>tm</c>.</summary>
    /// <value>Default: that of the current activity, if there is one. Anything else than a <c>traceparent</c> is refused.</value>
    public string? TraceParent { get; init; }

    /// <summary>What systems on the way add to the trace, as a W3C <c>tracestate</c>; goes with <see cref="TraceParent"/>.</summary>
    /// <value>Default: none, or that of the current activity where <see cref="TraceParent"/> is unset.</value>
    public string? TraceState { get; init; }

    /// <summary>When the job was created; a delay counts from it.</summary>
    /// <value>Default: now.</value>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>How long the job stays after it completed.</summary>
    /// <value>Default: <see cref="QueueingOptions.RemoveOnComplete"/>.</value>
    public JobRetention? RemoveOnComplete { get; init; }

    /// <summary>How long the job stays after it failed.</summary>
    /// <value>Default: <see cref="QueueingOptions.RemoveOnFail"/>.</value>
    public JobRetention? RemoveOnFail { get; init; }

    /// <summary>How many log rows of the job are kept, newest first.</summary>
    /// <value>1 or more. Default: all.</value>
    public int? KeepLogs { get; init; }

    /// <summary>How many stack traces of failed attempts are kept, newest first.</summary>
    /// <value>0 or more. Default: all.</value>
    public int? StackTraceLimit { get; init; }

    /// <summary>The largest payload accepted, in bytes of UTF-8 JSON.</summary>
    /// <value>1 or more. Default: no limit.</value>
    public int? SizeLimit { get; init; }

    /// <summary>Which jobs mean the same as this one, so that only one of them is added. Not for children of a flow.</summary>
    /// <value>Default: none.</value>
    public Deduplication? Deduplication { get; init; }

    /// <summary>
    /// How long one attempt may run. Then its token fires, and an attempt that ends by it has failed: it is tried again if
    /// attempts are left. Kept by .NET workers.
    /// </summary>
    /// <value>At least 1 millisecond; whole milliseconds on the wire. Default: no limit.</value>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// For how long the job is worth doing, counted from when it is first due (its creation and its <see cref="Delay"/>). After
    /// that it is not started any more but failed, and an attempt that runs is told to stop. Kept by .NET workers.
    /// </summary>
    /// <value>At least 1 millisecond; whole milliseconds on the wire. Default: for ever.</value>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The job is a child of this one, which waits for it. Only for a parent that exists and has not finished; in a flow the place says it.</summary>
    /// <value>Default: none.</value>
    public JobKey? Parent { get; init; }

    /// <summary>What it means for the parent when this job fails for good. Only for a job with a parent.</summary>
    /// <value>Default: <see cref="Queueing.ChildFailure.KeepWaiting"/>.</value>
    public ChildFailure? ChildFailure { get; init; }

    /// <summary>Which version of its form the payload has; a processor that takes a newer one gets it through its upcasters.</summary>
    /// <value>1 or more. Default: the version of the payload's type (<see cref="PayloadVersionAttribute"/>), which is 1 without one.</value>
    public int? PayloadVersion { get; init; }
}
