namespace Jamail.Queueing;

/// <summary>
/// Keeps jobs that mean the same out of the queue: while one of them counts, adding another adds nothing and gives the id of the
/// one that is there. Jobs of Node services with the same <see cref="Id"/> count too.
/// </summary>
public sealed record Deduplication
{
    /// <summary>Jobs with this id count as the same until the one that is there has finished.</summary>
    /// <param name="id">Not empty; for example <c>report-17</c>.</param>
    public Deduplication(string id) => Id = id;

    /// <summary>What makes jobs the same.</summary>
    public string Id { get; init; }

    /// <summary>Jobs count as the same for so long after the first was added, whether it has finished or not.</summary>
    /// <value>At least 1 millisecond; whole milliseconds on the wire. Default: until the job has finished.</value>
    public TimeSpan? Window { get; init; }

    /// <summary>Every job that is kept out begins the window anew.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ExtendWindow { get; init; }

    /// <summary>What a further job does to the one that is there while that is delayed.</summary>
    /// <value>Default: <see cref="DuplicateEffect.None"/>.</value>
    public DuplicateEffect WhileDelayed { get; init; }

    /// <summary>
    /// While the job that is there is being processed, the newest further job is kept and added when that has finished. Without
    /// a <see cref="Window"/>.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool KeepLatestWhileActive { get; init; }

    /// <summary>At most one job in a time.</summary>
    /// <param name="id">What makes jobs the same.</param>
    /// <param name="window">Counted from the first.</param>
    /// <returns>The deduplication.</returns>
    public static Deduplication Throttle(string id, TimeSpan window) => new(id) { Window = window };

    /// <summary>
    /// The newest of many jobs, once no further one has come for a time. Give the job that time as its
    /// <see cref="JobOptions.Delay"/>.
    /// </summary>
    /// <param name="id">What makes jobs the same.</param>
    /// <param name="window">Begun anew by every job.</param>
    /// <returns>The deduplication.</returns>
    public static Deduplication Debounce(string id, TimeSpan window) =>
        new(id) { Window = window, ExtendWindow = true, WhileDelayed = DuplicateEffect.Replace };

    /// <summary>One at a time, and the newest of those that came meanwhile after it.</summary>
    /// <param name="id">What makes jobs the same.</param>
    /// <returns>The deduplication.</returns>
    public static Deduplication KeepLatest(string id) => new(id) { KeepLatestWhileActive = true };
}
