namespace Jamail.Mail;

/// <summary>Ends a step when its time runs out or the caller cancels, and remembers which it was.</summary>
internal sealed class SmtpLimits : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private TimeSpan _limit;
    private volatile bool _cancelled;

    public SmtpLimits(TimeProvider clock, CancellationToken caller)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _registration = caller.UnsafeRegister(
            static self =>
            {
                var limits = (SmtpLimits)self!;
                limits._cancelled = true;
                limits._source.Cancel();
            },
            this);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Gives the next step this long from now on.</summary>
    public void Allow(TimeSpan limit)
    {
        _limit = limit;
        _source.CancelAfter(limit);
    }

    /// <summary>From here on only time ends it; false when the caller was faster.</summary>
    public bool IgnoreCaller()
    {
        _registration.Dispose();
        return !_cancelled;
    }

    /// <summary>What the exception that ended a step means.</summary>
    public SmtpFault Explain(Exception exception) => exception switch
    {
        SmtpFault fault => fault,
        _ when _cancelled => new SmtpFault(TransportFault.Stopped, "The attempt was cancelled."),
        _ when _source.IsCancellationRequested => new SmtpFault(TransportFault.TimedOut, $"There was no answer within {_limit}."),
        _ => new SmtpFault(TransportFault.ConnectionLost, "The connection broke: " + exception.Message, null, exception),
    };

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
