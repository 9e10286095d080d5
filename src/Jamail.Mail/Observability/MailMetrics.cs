using System.Diagnostics;
using System.Diagnostics.Metrics;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Measures sending. No address, domain or subject is a label.</summary>
internal sealed class MailMetrics : IDisposable
{
    private readonly ActivitySource _spans = new(MailTelemetry.ActivitySourceName);
    private readonly Meter _meter;
    private readonly TimeProvider _clock;
    private readonly Counter<long> _sends;
    private readonly Counter<long> _deferred;
    private readonly Counter<long> _uncertain;
    private readonly Counter<long> _reused;
    private readonly Histogram<double> _lag;
    private readonly Histogram<double> _accept;
    private readonly Histogram<double> _steps;
    private readonly Histogram<double> _rendering;

    public MailMetrics(TimeProvider clock, MailProviders providers, IMeterFactory? meters = null)
    {
        _clock = clock;
        _meter = meters?.Create(MailTelemetry.MeterName) ?? new Meter(MailTelemetry.MeterName);
        _sends = _meter.CreateCounter<long>("jamail.mail.sends", "{attempt}", "Attempts, by what became of the mail.");
        _deferred = _meter.CreateCounter<long>("jamail.mail.deferred", "{mail}", "Mails put off, by class.");
        _uncertain = _meter.CreateCounter<long>("jamail.mail.uncertain", "{mail}", "Doubts.");
        _reused = _meter.CreateCounter<long>("jamail.mail.connection.reuse", "{mail}", "Mails that went over a connection that had been used before.");
        _lag = _meter.CreateHistogram<double>("jamail.mail.queue.lag", "ms", "From when a mail is due until a worker has it.");
        _accept = _meter.CreateHistogram<double>("jamail.mail.accept.duration", "ms", "From when a mail is due until the mail server accepted it.");
        _steps = _meter.CreateHistogram<double>("jamail.mail.step.duration", "ms", "Parts of an attempt.");
        _rendering = _meter.CreateHistogram<double>("jamail.mail.render.duration", "ms", "Rendering of a template: subject, HTML and text.");
        _meter.CreateObservableGauge(
            "jamail.mail.provider.circuit", () => Each(providers, provider => Circuit(provider.Circuit.State)), description: "0 closed, 1 half-open, 2 open.");
        _meter.CreateObservableGauge(
            "jamail.mail.pool.taken", () => Each(providers, provider => provider.Places.Taken), "{mail}", "Mails that are with a mail server or wait for a connection to it.");
        _meter.CreateObservableGauge(
            "jamail.mail.pool.open", () => Pools(providers, (pool, _) => pool.Open), "{connection}", "Connections, idle ones too.");
        _meter.CreateObservableGauge(
            "jamail.mail.pool.idle", () => Pools(providers, (pool, _) => pool.Idle), "{connection}", "Connections that wait for a mail.");
        _meter.CreateObservableGauge(
            "jamail.mail.pool.waiting", () => Pools(providers, (pool, taken) => Math.Max(0, taken - (pool.Open - pool.Idle))), "{mail}", "Mails that wait for a connection.");
        _meter.CreateObservableGauge(
            "jamail.mail.throttle.rate", () => Each(providers, provider => provider.Limits.RateNow ?? -1), "{mail}/s", "What the mail server bears; -1 without a limit.");
    }

    /// <summary>The span of a job.</summary>
    public Activity? Begin(MailRow row)
    {
        _lag.Record(Math.Max(0, _clock.UnixMs() - (row.NextAttemptAt ?? row.DueFrom)));
        return _spans.StartActivity("email send", ActivityKind.Producer)?.SetTag("jamail.mail.id", row.Id).SetTag("jamail.mail.category", row.Category);
    }

    public async Task<T> TimeAsync<T>(string step, Func<Task<T>> work)
    {
        using var span = _spans.StartActivity($"email {step}");
        var at = _clock.GetTimestamp();
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            Took(step, at);
        }
    }

    public T TimeRendering<T>(Func<T> render)
    {
        using var span = _spans.StartActivity("email render");
        var at = _clock.GetTimestamp();
        try
        {
            return render();
        }
        finally
        {
            _rendering.Record(_clock.GetElapsedTime(at).TotalMilliseconds);
        }
    }

    public DialogueTimes Dialogue() => new(this, _spans);

    public void Ended(MailRow row, AttemptEnd end, AttemptRow attempt)
    {
        var provider = new KeyValuePair<string, object?>("provider", attempt.Provider);
        var name = new KeyValuePair<string, object?>("class", attempt.Verdict.Class);
        _sends.Add(1, provider, new("category", row.Category), new("outcome", end.Status.WireName()), name);
        switch (end.Status)
        {
            case EmailStatus.Deferred:
                _deferred.Add(1, name);
                break;
            case EmailStatus.Uncertain:
                _uncertain.Add(1, provider);
                break;
            case EmailStatus.Sent:
                _accept.Record(_clock.UnixMs() - row.DueFrom);
                break;
        }

        if (attempt.Result.ConnectionUse > 1)
        {
            _reused.Add(1, provider);
        }
    }

    public void Dispose()
    {
        _meter.Dispose();
        _spans.Dispose();
    }

    internal long Now() => _clock.GetTimestamp();

    internal void Took(string step, long since) =>
        _steps.Record(_clock.GetElapsedTime(since).TotalMilliseconds, new KeyValuePair<string, object?>("step", step));

    private static int Circuit(string state) => state switch
    {
        "closed" => 0,
        "half-open" => 1,
        _ => 2,
    };

    private static IEnumerable<Measurement<double>> Pools(MailProviders providers, Func<IPooledTransport, int, double> value) =>
        providers.Known.Where(provider => provider.Transport is IPooledTransport).Select(provider => new Measurement<double>(
            value((IPooledTransport)provider.Transport, provider.Places.Taken), new KeyValuePair<string, object?>("provider", provider.Name)));

    private static IEnumerable<Measurement<double>> Each(MailProviders providers, Func<MailProvider, double> value) =>
        providers.Known.Select(provider => new Measurement<double>(value(provider), new KeyValuePair<string, object?>("provider", provider.Name)));
}
