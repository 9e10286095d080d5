namespace Jamail.TestSupport;

/// <summary>One instruction of a <see cref="SmtpSink"/>. Later rules win over earlier ones.</summary>
public sealed class SinkRule
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<string, bool> _when;
    private int _left;
    private int _hits;

    internal SinkRule(SmtpStep step, SinkAction action, int times, Func<string, bool>? when)
    {
        Step = step;
        Action = action;
        _left = times;
        _when = when ?? (_ => true);
    }

    public SmtpStep Step { get; }

    public SinkAction Action { get; }

    /// <summary>How often the rule was used.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Completes when the rule is used for the first time.</summary>
    public Task Reached => _reached.Task;

    internal bool TryUse(SmtpStep step, string line)
    {
        if (step != Step || Volatile.Read(ref _left) <= 0 || !_when(line) || Interlocked.Decrement(ref _left) < 0)
        {
            return false;
        }

        Interlocked.Increment(ref _hits);
        _reached.TrySetResult();
        return true;
    }
}
