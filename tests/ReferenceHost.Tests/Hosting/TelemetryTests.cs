using System.Text;
using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Hosting;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_request_its_e_mail_and_its_webhook_are_one_trace_and_go_to_the_collector()
    {
        using var folder = new TemporaryFolder("host");
        await using var collector = WebhookSink.Start();
        await using var receiver = WebhookSink.Start();
        var settings = await HostSettings.ForAsync(Store.Sqlite, folder);
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{collector.Port}";
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        await using var host = await RunningHost.StartAsync(settings);
        var template = await host.Api.CreateAsync();
        (await host.Api.PostAsync("/api/webhooks", new { url = receiver.Url, events = new[] { "order.paid", "email.sent" } })).Expect(201);

        var mailTrace = Guid.NewGuid().ToString("N");
        var eventTrace = Guid.NewGuid().ToString("N");
        var sent = (await host.Api.PostAsync(
            $"/api/templates/{template}/send", new { recipient = "anna@example.com", variables = new { name = "Anna" } }, Parent(mailTrace))).Expect(202);
        (await host.Api.PostAsync("/api/events", new { type = "order.paid", payload = new { id = 1 } }, Parent(eventTrace))).Expect(202);
        await receiver.WaitAsync(2);
        await Eventually.Equal(
            "sent",
            async () => (await host.Api.GetAsync($"/api/send-logs/{sent["logId"].GetString()}"))["status"].GetString(),
            "status of the e-mail");
        await host.InterruptAsync();

        var traces = collector.Received.Where(request => request.Path == "/v1/traces").ToList();
        Assert.Contains(traces, request => HasSpan(request.Body, mailTrace, "process email-sending"));
        Assert.Contains(traces, request => HasSpan(request.Body, mailTrace, "process webhook-delivery"));
        Assert.Contains(traces, request => HasSpan(request.Body, eventTrace, "process webhook-delivery"));
        Assert.Contains(
            collector.Received,
            request => request.Path == "/v1/metrics" && request.Body.AsSpan().IndexOf("jamail.queue.run_time"u8) >= 0);
    }

    private static (string, string) Parent(string trace) => ("traceparent", $"00-{trace}-b7ad6b7169203331-01");

    // A span begins with its trace's id; its own id, its parent's and its name follow at once.
    private static bool HasSpan(ReadOnlySpan<byte> body, string trace, string name)
    {
        const int IdsAtMost = 64;
        var id = Convert.FromHexString(trace);
        var text = Encoding.UTF8.GetBytes(name);
        for (var at = 0; body[at..].IndexOf(id) is >= 0 and var found; at += found + id.Length)
        {
            var rest = body[(at + found + id.Length)..];
            if (rest[..Math.Min(rest.Length, IdsAtMost)].IndexOf(text) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
