using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Attempts_durations_sizes_and_refusals_are_measured_without_addresses_or_tenants()
    {
        var measured = new ConcurrentBag<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == WebhooksTelemetry.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => measured.Add(Text(instrument, tags)));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => measured.Add(Text(instrument, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measured.Add(Text(instrument, tags)));
        listener.Start();
        await using var sink = WebhookSink.Start(SinkReply.Ok, SinkReply.Status(500), SinkReply.Status(410));
        await using var host = await WebhookHost.StartAsync(Databases.Sqlite);
        var (endpoint, _) = await host.CreateAsync(sink);

        await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);
        await host.Publisher.PublishAsync("order.paid", new { });
        await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Exhausted);
        listener.RecordObservableInstruments();

        Assert.All(
            (string[])
            [
                "jamail.webhook.attempts outcome=success code_class=2xx error_class=none",
                "jamail.webhook.attempts outcome=retry code_class=5xx error_class=http_status",
                "jamail.webhook.attempts outcome=giveup code_class=4xx error_class=http_status",
                "jamail.webhook.attempt.duration outcome=success",
                "jamail.webhook.delivery.duration",
                "jamail.webhook.queue.lag",
                "jamail.webhook.payload.bytes",
                "jamail.webhook.disabled reason=gone",
                "jamail.webhook.inflight",
            ],
            expected => Assert.Contains(expected, measured));
        Assert.DoesNotContain(measured, text => text.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publishing_delivering_and_sending_are_spans_of_one_trace_and_the_receiver_gets_it_on_request()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WebhooksTelemetry.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(
            Databases.Sqlite, settings => settings["Jamail:Webhooks:SendTraceParent"] = "true");
        var (endpoint, _) = await host.CreateAsync(sink);

        var published = await host.Publisher.PublishAsync("order.paid", new { });
        var delivery = await host.DeliveryAsync(endpoint.Id, DeliveryStatus.Succeeded);

        var deliver = await Eventually.Satisfies(
            () => Task.FromResult(spans.FirstOrDefault(span => (string?)span.GetTagItem("jamail.webhook.delivery") == delivery.Id)),
            span => span is not null,
            "the span of the delivery");
        var publish = spans.Single(span => (string?)span.GetTagItem("jamail.webhook.event") == published.Id);
        Assert.Equal(publish.Context.TraceId, Assert.Single(deliver!.Links).Context.TraceId);
        Assert.Equal(publish.TraceId, deliver.TraceId);
        var send = spans.Single(span => span.ParentSpanId == deliver.SpanId);
        Assert.Equal(("webhook send", ActivityKind.Client), (send.OperationName, send.Kind));
        Assert.Equal(send.Id, sink.Received[0].Header("traceparent"));
    }

    private static string Text(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = instrument.Name;
        foreach (var (name, value) in tags)
        {
            text += $" {name}={value}";
        }

        return text;
    }
}
