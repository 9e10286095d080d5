namespace Jamail.Queueing;

/// <summary>Settings of all queues of a host. Section <c>Jamail:Queueing</c>.</summary>
public sealed class QueueingOptions
{
    /// <summary>First part of every key.</summary>
    /// <value>Not empty. With Redis Cluster it needs a hash tag, as in <c>{bull}</c>. Default: <c>bull</c>.</value>
    public string Prefix { get; set; } = "bull";

    /// <summary>How many entries the event stream of a queue keeps, about. Written only where no client has set it.</summary>
    /// <value>0 or more. Default: 10,000.</value>
    public int MaxEvents { get; set; } = 10_000;

    /// <summary>How long completed jobs stay when neither job nor worker says.</summary>
    /// <value>Default: 24 hours, and of these the newest 1,000.</value>
    public JobRetention RemoveOnComplete { get; set; } = JobRetention.For(TimeSpan.FromHours(24), 1000);

    /// <summary>How long failed jobs stay when neither job nor worker says.</summary>
    /// <value>Default: 7 days, and of these the newest 10,000.</value>
    public JobRetention RemoveOnFail { get; set; } = JobRetention.For(TimeSpan.FromDays(7), 10_000);

    /// <summary>How long an add waits for Redis's answer before it ends in <see cref="JobQueueError.Unknown"/>.</summary>
    /// <value>1 second to 1 hour. Default: 10 seconds.</value>
    public TimeSpan AddTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Where jobs added to a paused queue wait.</summary>
    /// <value>Default: <see cref="PausedLayout.Auto"/>.</value>
    public PausedLayout PausedLayout { get; set; } = PausedLayout.Auto;
}
