namespace Jamail.Queueing;

/// <summary>What the final failure of a child means for its parent.</summary>
public enum ChildFailure
{
    /// <summary>The parent goes on waiting until the child is run again with success, or removed. BullMQ's default.</summary>
    KeepWaiting,

    /// <summary>The parent fails too, without being run, and so do its own parents. On the wire <c>fpof</c>.</summary>
    FailParent,

    /// <summary>The parent runs at once, whatever other children are unfinished. On the wire <c>cpof</c>.</summary>
    RunParentNow,

    /// <summary>The child counts as done; the parent can read why it failed. On the wire <c>idof</c>.</summary>
    Ignore,

    /// <summary>The child counts as done, and the parent does not hear of it. On the wire <c>rdof</c>.</summary>
    Forget,
}
