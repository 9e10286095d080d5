namespace Jamail.Queueing;

/// <summary>
/// Sends the steps of a queue's schedulers. Those that come while a call is under way share the next one, so that a second in
/// which hundreds are due costs few round trips.
/// </summary>
internal sealed class SchedulerSteps(QueueName queue, UpdateSchedulers calls, TimeProvider clock)
{
    private const int MaxStepsPerCall = 250;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _isSending;

    /// <exception cref="JobQueueException">The script failed for this one.</exception>
    public Task RunAsync(SchedulerStep step)
    {
        var waiting = new Waiting(step, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.Enqueue(waiting);
            if (_isSending)
            {
                return waiting.Done.Task;
            }

            _isSending = true;
        }

        _ = Task.Run(SendAllAsync);
        return waiting.Done.Task;
    }

    private async Task SendAllAsync()
    {
        while (TakeGroup() is { Count: > 0 } group)
        {
            try
            {
                var faults = await calls
                    .RunAsync(group.ConvertAll(static waiting => waiting.Step), clock.GetUtcNow().ToUnixTimeMilliseconds())
                    .ConfigureAwait(false);
                for (var i = 0; i < group.Count; i++)
                {
                    Answer(group[i], faults[i]);
                }
            }
            catch (Exception fault)
            {
                group.ForEach(waiting => waiting.Done.TrySetException(fault));
            }
        }
    }

    private List<Waiting> TakeGroup()
    {
        lock (_gate)
        {
            var group = new List<Waiting>(Math.Min(_waiting.Count, MaxStepsPerCall));
            while (group.Count < MaxStepsPerCall && _waiting.TryDequeue(out var waiting))
            {
                group.Add(waiting);
            }

            _isSending = group.Count > 0;
            return group;
        }
    }

    private void Answer(Waiting waiting, string? fault)
    {
        if (fault is null)
        {
            waiting.Done.TrySetResult();
            return;
        }

        waiting.Done.TrySetException(new JobQueueException(
            JobQueueError.ScriptFailed,
            $"The next job of scheduler '{waiting.Step.SchedulerId}' of queue '{queue}' was not made: {fault}",
            queue));
    }

    private sealed record Waiting(SchedulerStep Step, TaskCompletionSource Done);
}
