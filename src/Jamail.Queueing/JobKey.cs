namespace Jamail.Queueing;

/// <summary>A job of any queue: how parents and children know each other.</summary>
/// <param name="Queue">The queue the job is in.</param>
/// <param name="Id">The job's id within its queue.</param>
public readonly record struct JobKey(QueueName Queue, JobId Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Queue}:{Id}";
}
