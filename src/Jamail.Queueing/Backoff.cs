namespace Jamail.Queueing;

/// <summary>How long a job waits between a failed attempt and the next one.</summary>
public abstract record Backoff
{
    private Backoff()
    {
    }

    /// <summary>The same wait every time.</summary>
    /// <param name="Delay">Zero or more; whole milliseconds on the wire.</param>
    /// <param name="Jitter">0 to 1: the share of the wait that is drawn at random. Only shortens.</param>
    public sealed record Fixed(TimeSpan Delay, double Jitter = 0) : Backoff;

    /// <summary>Doubles: delay, 2 × delay, 4 × delay, …</summary>
    /// <param name="Delay">The first wait; zero or more.</param>
    /// <param name="Jitter">0 to 1: the share of the wait that is drawn at random. Only shortens.</param>
    public sealed record Exponential(TimeSpan Delay, double Jitter = 0) : Backoff;

    /// <summary>
    /// What a strategy of the worker says: <see cref="QueueBuilder.AddBackoff{TStrategy}"/>, or a <c>backoffStrategy</c> of a
    /// Node worker. A worker that does not know the type fails the job.
    /// </summary>
    /// <param name="Type">The strategy's name; none of the types above and below.</param>
    /// <param name="Delay">For the strategy to use; zero or more.</param>
    public sealed record Custom(string Type, TimeSpan? Delay = null) : Backoff;

    /// <summary>
    /// A wait for each attempt; the last one repeats. On the wire the waits travel with the job
    /// (<c>{type: "schedule", delay, waits}</c>); a Node worker needs the strategy of docs/wire/backoff.md.
    /// </summary>
    public sealed record Schedule : Backoff
    {
        /// <summary>Waits in order.</summary>
        /// <param name="waits">At least one; each zero or more.</param>
        public Schedule(params IReadOnlyList<TimeSpan> waits) => Waits = [.. waits];

        /// <summary>The waits, in order of attempts.</summary>
        public IReadOnlyList<TimeSpan> Waits { get; }
    }
}
