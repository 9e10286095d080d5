namespace Jamail.Mail;

/// <summary>A kind of e-mail and how it is treated. A new one has the values of the category <c>default</c>.</summary>
public sealed record EmailCategory
{
    /// <summary>Its name: 1 to 100 characters on one line.</summary>
    public required string Key { get; init; }

    /// <summary>Of its jobs, 0 to 2,097,151: 0 goes first. E-mails with a priority above 0 are bulk: they leave places free for the others.</summary>
    public int Priority { get; init; }

    /// <summary>How long an e-mail may wait, from when it is due until it expires; 1 second to 30 days.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(72);

    /// <summary>The waits after temporary refusals, 1 to 50 of 1 ms to 7 days; the last one repeats. Up to 20 % are added to each.</summary>
    public IReadOnlyList<TimeSpan> DeferSchedule { get; init; } =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    /// <summary>What becomes of an e-mail in doubt.</summary>
    public UncertainPolicy Uncertain { get; init; } = UncertainPolicy.Hold;

    /// <summary>How long <see cref="UncertainPolicy.Reconcile"/> waits for a report; 1 ms to 7 days.</summary>
    public TimeSpan ReconcileWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The mail servers to use, by name and in order: the next one serves while those before it do not. Empty: the configured
    /// one, or where there is none, all others by name.
    /// </summary>
    public IReadOnlyList<string> Route { get; init; } = [];

    /// <summary>Whether e-mails offer to unsubscribe with one click (RFC 8058).</summary>
    public bool OneClickUnsubscribe { get; init; }

    /// <summary>Whether they go out in spite of an unsubscription.</summary>
    public bool IsEssential { get; init; }

    /// <summary>How long the log keeps them, in whole days; 1 to 3,650.</summary>
    public TimeSpan KeepLog { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long their content is kept, in whole days; 1 to 3,650.</summary>
    public TimeSpan KeepBody { get; init; } = TimeSpan.FromDays(7);
}
