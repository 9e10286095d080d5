namespace Jamail.Queueing;

/// <summary>How an active job leaves <c>active</c>, and by which named script a single call would do it.</summary>
internal enum SettlementKind
{
    /// <summary>moveToFinished, completed.</summary>
    Completed,

    /// <summary>moveToFinished, failed.</summary>
    Failed,

    /// <summary>moveToDelayed.</summary>
    Delayed,

    /// <summary>retryJob.</summary>
    Retried,

    /// <summary>moveJobFromActiveToWait.</summary>
    Returned,

    /// <summary>moveToWaitingChildren.</summary>
    WaitsForChildren,
}
