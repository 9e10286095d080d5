namespace Jamail.Queueing;

/// <summary>Where jobs that are added while a queue is paused wait.</summary>
public enum PausedLayout
{
    /// <summary>As the other clients of the queue do: in <c>paused</c> while a 5.x client is at work, else in <c>wait</c>.</summary>
    Auto,

    /// <summary>Always in <c>wait</c>, as BullMQ 6.</summary>
    Wait,

    /// <summary>Always in <c>paused</c>, as BullMQ 5.</summary>
    Paused,
}
