namespace Jamail.Queueing;

/// <summary>Where a job is.</summary>
public enum JobState
{
    /// <summary>In no list or set: removed, or never there. On the wire <c>unknown</c>.</summary>
    Unknown,

    /// <summary>Ready, without a priority. On the wire <c>waiting</c>.</summary>
    Waiting,

    /// <summary>Ready, with a priority. On the wire <c>prioritized</c>.</summary>
    Prioritized,

    /// <summary>Due later. On the wire <c>delayed</c>.</summary>
    Delayed,

    /// <summary>Being processed. On the wire <c>active</c>.</summary>
    Active,

    /// <summary>Waiting for its children. On the wire <c>waiting-children</c>.</summary>
    WaitingChildren,

    /// <summary>Done. On the wire <c>completed</c>.</summary>
    Completed,

    /// <summary>Given up after its last attempt. On the wire <c>failed</c>.</summary>
    Failed,
}
