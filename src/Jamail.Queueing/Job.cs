namespace Jamail.Queueing;

/// <summary>A job in the hands of a processor.</summary>
/// <typeparam name="TPayload">What the job carries.</typeparam>
public sealed record Job<TPayload>
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The kind of job.</summary>
    public required string Name { get; init; }

    /// <summary>The queue the job is in.</summary>
    public required QueueName Queue { get; init; }

    /// <summary>What the job carries.</summary>
    public required TPayload Payload { get; init; }

    /// <summary>The number of this attempt, counting from 1. Postponed and returned attempts do not count.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How many attempts the job has in all.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How often the job has been started, this time included; more than <see cref="Attempt"/> after a stall.</summary>
    public int AttemptsStarted { get; init; } = 1;

    /// <summary>When the job was added.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>The job's priority; 0 when none.</summary>
    public int Priority { get; init; }

    /// <summary>The job that waits for this one; <see langword="null"/> when none does.</summary>
    public JobKey? Parent => Link?.Parent;

    /// <summary>The jobs this one waited for, or may wait for (<see cref="JobOutcome.WaitingForChildren"/>).</summary>
    public IJobChildren Children => Link?.Children ?? NoChildren.Instance;

    /// <summary>Names the job as a parent (<see cref="JobOptions.Parent"/>).</summary>
    public JobKey Key => new(Queue, Id);

    /// <summary>Whether the lock surely still holds. Look before a step that must not be done twice.</summary>
    public bool HoldsLock => Link?.HoldsLock ?? true;

    /// <summary>Why somebody cancelled the job while it runs; <see langword="null"/> when nobody did.</summary>
    public string? CancelReason => Link?.CancelReason;

    /// <summary>The worker behind the job; <see langword="null"/> for a job made in a test.</summary>
    internal IJobLink? Link { get; init; }

    /// <summary>Stores how far the job is, and tells those who listen.</summary>
    /// <typeparam name="TProgress">A number or any object.</typeparam>
    /// <param name="progress">Stored as JSON.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When Redis holds it.</returns>
    public Task ReportProgressAsync<TProgress>(TProgress progress, CancellationToken cancellationToken = default) =>
        Link?.ReportProgressAsync(progress, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Adds a row to the job's log.</summary>
    /// <param name="row">One line of text; no secrets.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When Redis holds it.</returns>
    public Task LogAsync(string row, CancellationToken cancellationToken = default) =>
        Link?.LogAsync(row, cancellationToken) ?? Task.CompletedTask;
}
