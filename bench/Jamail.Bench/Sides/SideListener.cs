using System.Diagnostics;
using System.Diagnostics.Metrics;
using Jamail.Queueing;

namespace Jamail.Bench;

/// <summary>Takes what the queue measures, and its spans, and does nothing with them.</summary>
internal sealed class SideListener : IDisposable
{
    private readonly MeterListener _measures = new();
    private readonly ActivityListener? _spans;

    private SideListener(bool takesSpans)
    {
        _measures.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == QueueingTelemetry.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _measures.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _measures.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        _measures.Start();
        if (takesSpans)
        {
            _spans = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == QueueingTelemetry.ActivitySourceName,
                Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            };
            ActivitySource.AddActivityListener(_spans);
        }
    }

    /// <param name="listens">As the spec has it; null for nobody.</param>
    public static SideListener? Start(string? listens) => listens is null ? null : new SideListener(listens == "all");

    public void Dispose()
    {
        _measures.Dispose();
        _spans?.Dispose();
    }
}
