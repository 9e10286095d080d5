namespace Jamail.Queueing;

/// <summary>One caller of AddAsync.</summary>
internal sealed class SingleAdd() : TaskCompletionSource<JobId>(TaskCreationOptions.RunContinuationsAsynchronously), IAddWaiter
{
    public bool IsAbandoned(int index) => Task.IsCompleted;

    public void Added(int index, JobId id) => TrySetResult(id);

    public void Refused(int index, JobQueueException error) => TrySetException(error);

    public async Task<JobId> WaitAsync(CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((SingleAdd)state!).TrySetCanceled(token), this);
        await using (registration.ConfigureAwait(false))
        {
            return await Task.ConfigureAwait(false);
        }
    }
}
