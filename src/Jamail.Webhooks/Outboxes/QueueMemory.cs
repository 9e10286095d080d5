using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>What the queue's own keys tell, by way of its inspector.</summary>
internal sealed class QueueMemory(IJobQueueInspector inspector) : IQueueMemory
{
    public Task<string> GetEpochAsync(CancellationToken cancellationToken) => inspector.GetEpochAsync(cancellationToken);

    public Task<FinishedJobs> ReadFinishedAsync(string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new FinishedJobs([], after, IsEnd: true));
}
