using System.Diagnostics;

namespace Jamail.Mail;

/// <summary>Times the parts of one SMTP transaction, by the points at which the sender is asked whether to go on.</summary>
internal sealed class DialogueTimes(MailMetrics metrics, ActivitySource spans) : IDisposable
{
    private string? _step;
    private long _since;
    private Activity? _span;

    /// <returns>Always true, to stand in a condition.</returns>
    public bool Enters(SendPhase phase)
    {
        Ends();
        _step = phase switch
        {
            SendPhase.MailFrom => SendStep.Envelope,
            SendPhase.Data => SendStep.Content,
            _ => SendStep.Reply,
        };
        _since = metrics.Now();
        _span = spans.StartActivity($"email {_step}", ActivityKind.Client);
        return true;
    }

    public void Ends()
    {
        if (_step is not null)
        {
            metrics.Took(_step, _since);
            _span?.Dispose();
            _step = null;
        }
    }

    public void Dispose() => Ends();
}
