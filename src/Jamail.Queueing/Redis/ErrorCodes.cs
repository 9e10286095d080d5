namespace Jamail.Queueing;

/// <summary>The negative replies of the scripts.</summary>
internal static class ErrorCodes
{
    public static JobQueueError Of(int code) => code switch
    {
        -1 => JobQueueError.JobNotFound,
        -2 => JobQueueError.LockLost,
        -3 => JobQueueError.InvalidState,
        -4 => JobQueueError.PendingChildren,
        -5 => JobQueueError.ParentNotFound,
        -6 => JobQueueError.LockMismatch,
        -7 => JobQueueError.ParentCannotBeReplaced,
        -8 => JobQueueError.BelongsToScheduler,
        -9 => JobQueueError.FailedChildren,
        -10 => JobQueueError.SchedulerCollision,
        -11 => JobQueueError.SchedulerBusy,
        _ => JobQueueError.ScriptFailed,
    };
}
