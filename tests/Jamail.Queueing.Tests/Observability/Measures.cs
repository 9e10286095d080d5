using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Jamail.Queueing.Tests.Observability;

/// <summary>Listens to the meter of one host.</summary>
internal sealed class Measures : IDisposable
{
    private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> _all = new();
    private readonly MeterListener _listener = new();

    public Measures(string queue)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == QueueingTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(queue, instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(queue, instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The values of an instrument; of this queue where it tells the queue.</summary>
    public IReadOnlyList<(double Value, Dictionary<string, object?> Tags)> Of(string instrument) =>
        [.. _all.Where(measure => measure.Instrument == instrument).Select(measure => (measure.Value, measure.Tags))];

    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(string queue, Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Dictionary<string, object?> all = new(tags.ToArray());
        if (!all.TryGetValue(QueueingTelemetry.QueueTag, out var of) || (string?)of == queue)
        {
            _all.Enqueue((instrument.Name, value, all));
        }
    }
}
