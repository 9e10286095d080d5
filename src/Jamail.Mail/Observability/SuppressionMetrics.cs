using System.Diagnostics.Metrics;

namespace Jamail.Mail;

/// <summary>Counts mails that the suppression list ended, at acceptance or before sending. Apart from the others: those that send are made of it.</summary>
internal sealed class SuppressionMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _ended;

    public SuppressionMetrics(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(MailTelemetry.MeterName) ?? new Meter(MailTelemetry.MeterName);
        _ended = _meter.CreateCounter<long>("jamail.mail.suppressed", "{mail}", "Mails that the suppression list ended, by the entry's reason.");
    }

    public void Ended(SuppressionReason reason) => _ended.Add(1, new KeyValuePair<string, object?>("reason", reason.WireName()));

    public void Dispose() => _meter.Dispose();
}
