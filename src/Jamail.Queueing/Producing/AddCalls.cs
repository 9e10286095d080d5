namespace Jamail.Queueing;

/// <summary>Over Redis. A call that goes alone writes the queue's meta first and brings the script's text with it.</summary>
internal sealed class AddCalls(AddJobs addJobs, QueueMeta meta, QueueKeys keys, RedisConnections connections) : IAddCalls
{
    public bool IsPrepared => meta.IsEnsured && connections.Wires.Find(keys.Meta) is not null;

    public async Task PrepareAsync()
    {
        await meta.EnsureAsync(CancellationToken.None).ConfigureAwait(false);
        await connections.Wires.OfAsync(keys.Meta).ConfigureAwait(false);
    }

    public Task<AddReply[]> SendAsync(IReadOnlyList<JobToAdd> jobs, bool isAlone) => addJobs.RunAsync(jobs, isAlone);

    public Task GiveUpConnectionAsync() => connections.ReplaceAsync(CancellationToken.None);
}
