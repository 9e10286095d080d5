namespace Jamail.Queueing;

/// <summary>Settings of the worker of one queue. Section <c>Jamail:Queueing:Workers:&lt;queue&gt;</c>.</summary>
public sealed class JobWorkerOptions
{
    /// <summary>How many jobs run at the same time in this process.</summary>
    /// <value>1 to 10,000. Default: 1.</value>
    public int Concurrency { get; set; } = 1;

    /// <summary>How long a job stays locked to this worker before another may take it over.</summary>
    /// <value>250 ms to 1 hour. Default: 30 seconds. Redis sees whole milliseconds.</value>
    public TimeSpan LockDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the locks of running jobs are renewed.</summary>
    /// <value>At least 50 ms, at most half of <see cref="LockDuration"/>. Default: a third of <see cref="LockDuration"/>.</value>
    public TimeSpan? LockRenewInterval { get; set; }

    /// <summary>How often the queue is searched for jobs whose worker died.</summary>
    /// <value>250 ms to 1 hour. Default: 30 seconds.</value>
    public TimeSpan StalledInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a job may lose its worker before it is failed.</summary>
    /// <value>0 or more. Default: 1.</value>
    public int MaxStalledCount { get; set; } = 1;

    /// <summary>How long an idle worker waits for a wake-up before it looks by itself.</summary>
    /// <value>100 ms to 1 minute. Default: 5 seconds.</value>
    public TimeSpan IdleWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long running jobs may go on when the host stops before their token fires.</summary>
    /// <value>Zero to 1 hour. Default: 20 seconds. The host's own shutdown time-out must be longer.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a processor has to return after its token fired at the end of the drain.</summary>
    /// <value>Zero to 10 minutes. Default: 5 seconds.</value>
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The worker's name, seen by Node's <c>getWorkers</c> and stored with each job it takes.</summary>
    /// <value>Default: none.</value>
    public string? Name { get; set; }

    /// <summary>
    /// How many jobs the workers of the queue may start in a time. All workers share one count; a limit of the queue
    /// (<see cref="IJobQueueLimits.SetRateLimitAsync"/>) replaces the number.
    /// </summary>
    /// <value>At least 1 job; 1 millisecond to 365 days. Default: none.</value>
    public RateLimit? RateLimit { get; set; }

    /// <summary>How often a job may be started in all, stalls and postponed attempts included, before it is failed.</summary>
    /// <value>1 or more. Default: no limit.</value>
    public int? MaxStartedAttempts { get; set; }

    /// <summary>For how long back the finished jobs of each minute are counted in the queue's metrics, which all clients can read.</summary>
    /// <value>1 minute to 90 days, whole minutes. Default: none are counted.</value>
    public TimeSpan? MetricsPeriod { get; set; }

    /// <summary>How long completed jobs of this queue stay when the job does not say.</summary>
    /// <value>Default: <see cref="QueueingOptions.RemoveOnComplete"/>.</value>
    public JobRetention? RemoveOnComplete { get; set; }

    /// <summary>How long failed jobs of this queue stay when the job does not say.</summary>
    /// <value>Default: <see cref="QueueingOptions.RemoveOnFail"/>.</value>
    public JobRetention? RemoveOnFail { get; set; }
}
