using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Jamail.Webhooks.Bench;

/// <summary>What the library counts of itself, and how long its spans take: where the time of a delivery goes.</summary>
internal sealed class SideCounts : IDisposable
{
    private readonly ConcurrentDictionary<string, (double Count, double Total)> _seen = new(StringComparer.Ordinal);
    private readonly MeterListener _meters = new();
    private readonly ActivityListener? _spans;
    private long _allocated;
    private TimeSpan _cpu;

    public SideCounts(bool withSpans)
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WebhooksTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(Name(instrument, tags), value));
        _meters.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument.Name, value));
        _meters.Start();
        if (!withSpans)
        {
            return;
        }

        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WebhooksTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => Add(span.OperationName, span.Duration.TotalMilliseconds),
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public void Clear()
    {
        _seen.Clear();
        _allocated = GC.GetTotalAllocatedBytes();
        _cpu = Environment.CpuUsage.TotalTime;
    }

    /// <summary>Of each counter its sum, of each histogram and span its mean; the CPU, in ms, and the bytes that were allocated.</summary>
    public string ToJson()
    {
        var counts = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["cpu"] = (Environment.CpuUsage.TotalTime - _cpu).TotalMilliseconds,
            ["allocated"] = GC.GetTotalAllocatedBytes() - _allocated,
        };
        foreach (var (name, (count, total)) in _seen)
        {
            counts[name] = name.EndsWith("waits", StringComparison.Ordinal) || name.EndsWith("attempts", StringComparison.Ordinal) ? total : Math.Round(total / count, 3);
        }

        return JsonSerializer.Serialize(counts);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _spans?.Dispose();
    }

    // Waits by their reason.
    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        instrument.Name.EndsWith("waits", StringComparison.Ordinal) ? $"{tags[0].Value} {instrument.Name}" : instrument.Name;

    private void Add(string name, double value) =>
        _seen.AddOrUpdate(name, (1, value), (_, seen) => (seen.Count + 1, seen.Total + value));
}
