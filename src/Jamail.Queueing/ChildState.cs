namespace Jamail.Queueing;

/// <summary>What a job's child is to its parent.</summary>
public enum ChildState
{
    /// <summary>The parent waits for it. On the wire <c>unprocessed</c>.</summary>
    Unfinished,

    /// <summary>Its result can be read. On the wire <c>processed</c>.</summary>
    Completed,

    /// <summary>Failed, and does not count. On the wire <c>ignored</c>.</summary>
    Ignored,

    /// <summary>Failed, and the parent with it. On the wire <c>failed</c>.</summary>
    Failed,
}
