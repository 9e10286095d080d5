namespace Jamail.Queueing;

/// <summary>A job of a flow, with the jobs it waits for. It runs when all of its children have finished.</summary>
/// <param name="Queue">The queue it is added to; its children may be in others.</param>
/// <param name="Name">The kind of job; the worker chooses its processor by this.</param>
/// <param name="Payload">Stored with the job as UTF-8 JSON; <see cref="RawJson"/> for ready-made JSON.</param>
/// <param name="Options">
/// How to run it; <see langword="null"/> takes the queue's defaults. <see cref="JobOptions.ChildFailure"/> says what its
/// failure means for its parent. Without an id of its own a job gets a random one.
/// </param>
public sealed record FlowJob(QueueName Queue, string Name, object? Payload, JobOptions? Options = null)
{
    /// <summary>The jobs this one waits for.</summary>
    /// <value>Default: none; the job is then an ordinary one.</value>
    public IReadOnlyList<FlowJob> Children { get; init; } = [];
}
