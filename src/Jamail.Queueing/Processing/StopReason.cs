namespace Jamail.Queueing;

/// <summary>Why a running job's token fired.</summary>
internal enum StopReason
{
    None,

    /// <summary>The end of the drain.</summary>
    HostStops,

    /// <summary>Its lock was not renewed for so long that it may soon not hold.</summary>
    LockNearlyLost,

    /// <summary>Redis said that its lock is not ours.</summary>
    LockLost,

    /// <summary>The attempt ran as long as it may.</summary>
    TimeLimit,

    /// <summary>The job is not worth doing any more.</summary>
    Deadline,

    /// <summary>Somebody cancelled the job.</summary>
    Cancelled,
}
