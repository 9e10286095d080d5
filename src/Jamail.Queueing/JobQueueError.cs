namespace Jamail.Queueing;

/// <summary>Why Redis, or the way to it, refused an operation on a queue.</summary>
public enum JobQueueError
{
    /// <summary>
    /// No answer in time: it is not known whether the operation took place. Look the job up before repeating it; an
    /// add with a chosen id can be repeated as it is.
    /// </summary>
    Unknown,

    /// <summary>The job does not exist, or no longer.</summary>
    JobNotFound,

    /// <summary>The lock of the job has expired; another worker may hold the job.</summary>
    LockLost,

    /// <summary>The job is not in the state the operation needs; read its state and choose the operation for it.</summary>
    InvalidState,

    /// <summary>The job has unfinished children; wait for them or remove them first.</summary>
    PendingChildren,

    /// <summary>The parent job does not exist; add the parent first.</summary>
    ParentNotFound,

    /// <summary>The lock of the job is held by another worker.</summary>
    LockMismatch,

    /// <summary>The job belongs to another parent that still exists.</summary>
    ParentCannotBeReplaced,

    /// <summary>The job is the next run of a scheduler; remove the scheduler instead.</summary>
    BelongsToScheduler,

    /// <summary>A child failed under a policy that fails its parent.</summary>
    FailedChildren,

    /// <summary>The scheduler's next job id is taken by another job.</summary>
    SchedulerCollision,

    /// <summary>All of the scheduler's next slots are taken.</summary>
    SchedulerBusy,

    /// <summary>More jobs wait to be sent to Redis than may be held in memory; nothing was added. Slow down and repeat.</summary>
    Busy,

    /// <summary>Redis is away or not ready; nothing was done. Repeat when it is back.</summary>
    Unavailable,

    /// <summary>The queue's rows are in another database than this host's; its jobs belong to another system.</summary>
    OtherDatabase,

    /// <summary>The script failed inside Redis; the message carries Redis's text.</summary>
    ScriptFailed,

    /// <summary>
    /// On a Redis Cluster, the queues of a flow, or of a job and its parent, lie in different hash slots; nothing was written. Give them one hash tag.
    /// </summary>
    SlotsDiffer,
}
