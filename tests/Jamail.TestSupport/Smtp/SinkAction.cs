namespace Jamail.TestSupport;

/// <summary>What a <see cref="SmtpSink"/> does at a step instead of, or around, the normal thing.</summary>
public abstract record SinkAction
{
    private SinkAction() { }

    /// <summary>Says this instead of the normal answer; at <see cref="SmtpStep.Dot"/> the message is not stored.</summary>
    /// <param name="Text">One or more reply lines without the last line end.</param>
    public sealed record Reply(string Text) : SinkAction;

    /// <summary>Closes the connection without an answer.</summary>
    /// <param name="Store">At <see cref="SmtpStep.Dot"/>: whether the message is accepted all the same.</param>
    /// <param name="Reset">Whether the other side gets a TCP reset.</param>
    public sealed record Close(bool Store = false, bool Reset = false) : SinkAction;

    /// <summary>Waits for the task, then goes on normally.</summary>
    /// <param name="Release">What to wait for.</param>
    public sealed record Hold(Task Release) : SinkAction;

    /// <summary>Waits, then goes on normally.</summary>
    /// <param name="Time">How long.</param>
    public sealed record Delay(TimeSpan Time) : SinkAction;

    /// <summary>Never answers; the connection stays open until the client closes it.</summary>
    /// <param name="Store">At <see cref="SmtpStep.Dot"/>: whether the message is accepted all the same.</param>
    public sealed record Silence(bool Store = false) : SinkAction;

    /// <summary>Goes on normally, but the answer comes one byte at a time.</summary>
    /// <param name="Interval">Between two bytes.</param>
    public sealed record Drip(TimeSpan Interval) : SinkAction;

    /// <summary>Goes on normally, with this text in the same packet behind the answer.</summary>
    /// <param name="Text">Raw text with its line ends.</param>
    public sealed record Append(string Text) : SinkAction;

    /// <summary>Sends continuation lines for ever.</summary>
    public sealed record Flood : SinkAction;
}
