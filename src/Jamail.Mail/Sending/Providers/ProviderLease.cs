namespace Jamail.Mail;

/// <summary>A connection to one of the mail servers, with the place and the permit it takes up.</summary>
internal sealed class ProviderLease(MailProvider provider, IEmailConnection connection, ProviderAlerts alerts, TimeProvider clock)
    : IAsyncDisposable
{
    private readonly long _since = clock.GetTimestamp();
    private bool _accepted;
    private bool _isTold;
    private bool _isOver;

    public string Provider => provider.Name;

    public bool SwallowsRepeats => provider.SwallowsRepeats;

    public IEmailConnection Connection => connection;

    /// <summary>What the attempt tells of the server.</summary>
    public void Tell(SendVerdict verdict)
    {
        _isTold = true;
        _accepted = verdict.Kind == SendVerdictKind.Sent;
        switch (verdict.Class)
        {
            case "throttle" or "connection-limit":
                provider.Limits.Throttled();
                break;
            case "provider-config" or "provider-quota":
                alerts.Failed(provider, verdict.Reason, atOnce: true);
                break;
            case "connection-lost" or "timed-out" or "protocol" or "provider-temporary":
                alerts.Failed(provider, verdict.Reason, atOnce: false);
                break;
            case "stopped" or "storage":
                _isTold = false;
                break;
            default:
                // Whatever it said of the mail, the server works.
                alerts.Succeeded(provider);
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        if (!_isTold)
        {
            provider.Circuit.GoesUntried();
        }

        provider.Pacing.Took(clock.GetElapsedTime(_since));
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            provider.Places.Leave();
            provider.Limits.Done(_accepted);
        }
    }
}
