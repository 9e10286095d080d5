namespace Jamail.Queueing;

/// <summary>Where a job of a bulk or a flow waits behind its middleware until all are there and Redis has answered.</summary>
internal sealed class AddStop
{
    private readonly TaskCompletionSource<JobAddition> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<JobId> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The job as its middleware handed it on.</summary>
    public Task<JobAddition> Reached => _reached.Task;

    public Task<JobId> WaitAsync(JobAddition job, CancellationToken cancellationToken)
    {
        _reached.TrySetResult(job);
        return _answer.Task.WaitAsync(cancellationToken);
    }

    public void Answer(AddedJob added)
    {
        if (added.Id is { } id)
        {
            _answer.TrySetResult(id);
        }
        else
        {
            _answer.TrySetException(added.Error!);
        }
    }

    /// <summary>The bulk is not sent.</summary>
    public void GiveUp() => _answer.TrySetCanceled();
}
