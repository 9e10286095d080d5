namespace Jamail.Queueing;

/// <summary>What a refusal of a scheduler means.</summary>
internal static class SchedulerErrors
{
    public static JobQueueException Refused(int code, QueueName queue, string id) => new(
        ErrorCodes.Of(code),
        ErrorCodes.Of(code) switch
        {
            JobQueueError.SchedulerCollision =>
                $"Scheduler '{id}' of queue '{queue}': the id of its next job is taken by an older job; remove that job, or choose " +
                "another pattern.",
            JobQueueError.SchedulerBusy =>
                $"Scheduler '{id}' of queue '{queue}': the ids of its next jobs are all taken by older jobs; remove these, or choose " +
                "a longer interval.",
            _ => $"Scheduler '{id}' of queue '{queue}' was refused with code {code}.",
        },
        queue);
}
