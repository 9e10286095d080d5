namespace Jamail.Queueing;

/// <summary>Over Redis. A call that goes alone writes the queue's meta first and brings the script's text with it.</summary>
internal sealed class AddCalls(AddJobs addJobs, QueueMeta meta, QueueKeys keys, RedisConnections connections) : IAddCalls
{
    public bool IsPrepared => meta.IsEnsured && connections.Wires.Find(keys.Meta) is not null;

    public async Task<AddReply[]> SendAsync(IReadOnlyList<JobToAdd> jobs, bool isAlone)
    {
        if (isAlone)
        {
            await meta.EnsureAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return await addJobs.RunAsync(jobs, isAlone).ConfigureAwait(false);
    }

    public Task GiveUpConnectionAsync() => connections.ReplaceAsync(CancellationToken.None);
}
