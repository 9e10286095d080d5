namespace Jamail.Queueing;

/// <summary>Over Redis. A call that goes alone writes the queue's meta first and brings the script's text with it.</summary>
internal sealed class AddCalls(AddJobs addJobs, QueueMeta meta, QueueKeys keys, RedisConnections connections, HashSlots slots) : IAddCalls
{
    public bool IsPrepared => meta.IsEnsured && slots.AreUsed is not null && connections.Wires.Find(keys.Meta) is not null;

    public JobQueueException? RefusalOf(JobToAdd job) =>
        job.Parent is { } parent && slots.AreUsed == true && HashSlots.Of(parent.Key) is var slot
            && (slot is null || slot != HashSlots.Of(keys.Base))
                ? AddErrors.SlotsDiffer(keys, job, parent)
                : null;

    public async Task PrepareAsync()
    {
        try
        {
            await meta.EnsureAsync(CancellationToken.None).ConfigureAwait(false);
            await slots.AreUsedAsync().ConfigureAwait(false);
            await connections.Wires.OfAsync(keys.Meta).ConfigureAwait(false);
        }
        catch (Exception fault) when (RedisFaults.Of(fault) == RedisFault.Lost)
        {
            // Whatever became of these writes, which may be repeated, the jobs themselves have not been sent.
            throw new JobQueueException(
                JobQueueError.Unavailable, $"Queue '{keys.Queue}': Redis does not answer: {fault.Message}", keys.Queue, null, fault);
        }
    }

    public Task<AddReply[]> SendAsync(IReadOnlyList<JobToAdd> jobs, bool isAlone) => addJobs.RunAsync(jobs, isAlone);

    public Task GiveUpConnectionAsync() => connections.ReplaceAsync(CancellationToken.None);
}
