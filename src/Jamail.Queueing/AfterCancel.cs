namespace Jamail.Queueing;

/// <summary>What becomes of a cancelled job.</summary>
public enum AfterCancel
{
    /// <summary>It fails for good, with the reason; it can be retried.</summary>
    Fail,

    /// <summary>It is removed, and with it, where it waits, its unfinished children.</summary>
    Remove,
}
