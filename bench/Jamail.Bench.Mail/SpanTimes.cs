using System.Collections.Concurrent;
using System.Diagnostics;
using Jamail.Mail;

namespace Jamail.Bench.Mail;

/// <summary>Where the time of a mail goes, by the spans of the library.</summary>
internal sealed class SpanTimes : IDisposable
{
    private const string Whole = "email send";

    private readonly ConcurrentDictionary<string, (long Count, double TotalMs)> _times = new();
    private readonly ActivityListener _listener;

    public SpanTimes()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MailTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => _times.AddOrUpdate(
                span.OperationName,
                (1, span.Duration.TotalMilliseconds),
                (_, seen) => (seen.Count + 1, seen.TotalMs + span.Duration.TotalMilliseconds)),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Clear() => _times.Clear();

    /// <summary>Milliseconds per mail of each step, and what of the whole no step explains.</summary>
    public SortedDictionary<string, double> Averages()
    {
        var averages = new SortedDictionary<string, double>(
            _times.ToDictionary(time => time.Key, time => Math.Round(time.Value.TotalMs / time.Value.Count, 3)), StringComparer.Ordinal);
        if (averages.TryGetValue(Whole, out var whole))
        {
            averages["remainder"] = Math.Round(whole - averages.Where(time => time.Key != Whole).Sum(time => time.Value), 3);
        }

        return averages;
    }

    public void Dispose() => _listener.Dispose();
}
