namespace Jamail.Queueing;

/// <summary>What happens on one queue, in every process and language that works on it.</summary>
public interface IJobEvents
{
    /// <summary>The queue.</summary>
    QueueName Name { get; }

    /// <summary>Reads where the stream ends now. Ask first, then act, then read on after it: nothing is missed.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The position of the newest event; <c>0-0</c> when there is none.</returns>
    /// <exception cref="JobQueueException">Redis is away or did not answer.</exception>
    Task<string> GetPositionAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads events as they happen, in order and without end, on a connection of its own. Lost connections are made again
    /// and reading goes on where it was. The stream keeps about <see cref="QueueingOptions.MaxEvents"/> entries: who falls
    /// further behind gets a <see cref="JobEvent.Gap"/>.
    /// </summary>
    /// <param name="after">
    /// <see cref="JobEvent.Position"/> of the last event seen, also from an earlier run; <c>0-0</c> for all that the stream
    /// still has; <see langword="null"/> for what happens from now on.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events.</returns>
    /// <exception cref="ArgumentException"><paramref name="after"/> is no position.</exception>
    IAsyncEnumerable<JobEvent> ReadAsync(string? after = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until a job is done or has failed for good. A job that ended before, even one that is not kept, is found as
    /// long as the event stream tells of it. All waits on a queue share one connection.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops waiting; the job goes on. Give one: a job may wait for ever.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="JobQueueException">There is no such job, or it was removed; or Redis is away at the start.</exception>
    Task<JobEnd> WaitUntilFinishedAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Tells all who listen, in every language, of something of the caller's own.</summary>
    /// <param name="name">Not the name of an event that BullMQ has itself.</param>
    /// <param name="fields">Texts by name; none may be called <c>event</c>. No secrets.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The event's position in the stream.</returns>
    /// <exception cref="ArgumentException">The name or a field's name is taken.</exception>
    /// <exception cref="JobQueueException">Redis is away or did not answer.</exception>
    Task<string> PublishAsync(
        string name, IReadOnlyDictionary<string, string>? fields = null, CancellationToken cancellationToken = default);
}
