using System.Diagnostics.Metrics;

namespace Jamail.Webhooks;

/// <summary>What webhooks measure. No address and no tenant is a label: there may be any number of them.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    private readonly Meter _meter = new(WebhooksTelemetry.MeterName);
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _blocked;
    private readonly Counter<long> _disabled;
    private readonly Counter<long> _waits;
    private readonly Counter<long> _schemaViolations;
    private readonly UpDownCounter<long> _openCircuits;
    private readonly Histogram<double> _attemptDuration;
    private readonly Histogram<double> _deliveryDuration;
    private readonly Histogram<double> _queueLag;
    private readonly Histogram<long> _payloadBytes;

    public WebhookMetrics()
    {
        _attempts = _meter.CreateCounter<long>("jamail.webhook.attempts", description: "Requests to endpoints.");
        _blocked = _meter.CreateCounter<long>("jamail.webhook.blocked", description: "Requests that were not made: the address may not be called.");
        _disabled = _meter.CreateCounter<long>("jamail.webhook.disabled", description: "Endpoints that were switched off.");
        _waits = _meter.CreateCounter<long>("jamail.webhook.waits", description: "Deliveries that were told to come again.");
        _schemaViolations = _meter.CreateCounter<long>("jamail.webhook.schema.violations", description: "Events whose payload breaks its schema.");
        _openCircuits = _meter.CreateUpDownCounter<long>("jamail.webhook.circuit.state", description: "Circuits this host opened less those it closed.");
        _attemptDuration = _meter.CreateHistogram<double>("jamail.webhook.attempt.duration", "ms", "From the start of a request to its end.");
        _deliveryDuration = _meter.CreateHistogram<double>("jamail.webhook.delivery.duration", "ms", "From the acceptance of an event to its success.");
        _queueLag = _meter.CreateHistogram<double>("jamail.webhook.queue.lag", "ms", "From when a first attempt was due to its start.");
        _payloadBytes = _meter.CreateHistogram<long>("jamail.webhook.payload.bytes", "By", "Size of payloads.");
    }

    public void CountInFlight(Func<int> count) =>
        _meter.CreateObservableGauge("jamail.webhook.inflight", count, description: "Requests under way in this host.");

    public void Attempt(AttemptOutcome outcome, DeliveryAnswer answer, string? errorClass)
    {
        _attempts.Add(
            1,
            new("outcome", outcome.ToString().ToLowerInvariant()),
            new("code_class", answer.StatusCode is { } code ? $"{code / 100}xx" : "none"),
            new("error_class", errorClass ?? "none"));
        _attemptDuration.Record(answer.Duration.TotalMilliseconds, new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));
    }

    public void Delivered(TimeSpan sinceAccepted) => _deliveryDuration.Record(sinceAccepted.TotalMilliseconds);

    public void Started(TimeSpan sinceDue) => _queueLag.Record(Math.Max(0, sinceDue.TotalMilliseconds));

    public void Blocked(DeliveryFault reason) => _blocked.Add(1, new KeyValuePair<string, object?>("reason", AttemptText.ErrorClass(reason)));

    public void Disabled(string reason) => _disabled.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Waited(GateReason reason) => _waits.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString().ToLowerInvariant()));

    public void CircuitTurned(bool isOpen) => _openCircuits.Add(isOpen ? 1 : -1);

    public void Published(int bytes) => _payloadBytes.Record(bytes);

    public void SchemaViolated(string mode) => _schemaViolations.Add(1, new KeyValuePair<string, object?>("mode", mode));

    public void Dispose() => _meter.Dispose();
}
