namespace Jamail.Queueing;

/// <summary>The workers of this host, for the host's own code.</summary>
internal sealed class JobWorkers(JobWorkerHost host) : IJobWorkers
{
    public IReadOnlyList<QueueName> Queues => [.. host.Workers.Select(worker => worker.Queue)];

    public Task PauseAsync(QueueName queue, bool waitForRunning = true, CancellationToken cancellationToken = default) =>
        Find(queue).PauseAsync(waitForRunning, cancellationToken);

    public void Resume(QueueName queue) => Find(queue).Resume();

    public bool IsPaused(QueueName queue) => Find(queue).IsPaused;

    private JobWorker Find(QueueName queue) =>
        host.Workers.FirstOrDefault(worker => worker.Queue == queue)
        ?? throw new ArgumentException(
            $"This host does not work queue '{queue}'; it works " +
            (Queues.Count == 0 ? "none (yet)" : string.Join(", ", Queues.Select(known => $"'{known}'"))) +
            ". Give one of its queues, after the host has started.",
            nameof(queue));
}
