using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Pipeline;

public class MetricsTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Every_part_of_a_mails_way_is_measured(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = Listen(host, seen);
        var variables = System.Text.Json.JsonSerializer.SerializeToElement(new { name = "Anna" });
        await host.Templates.CreateAsync(new EmailTemplateDraft { Name = "Hello", Key = "hello", Subject = "s", Html = "<p>{{name}}</p>" });
        await host.Services.GetRequiredService<ISuppressions>().AddAsync(
            [new Suppression { Address = "nobody@example.com", Reason = SuppressionReason.Complaint }]);

        for (var i = 0; i < 2; i++)
        {
            var mail = new EmailMessage { To = "anna@example.com", Template = "hello", Variables = variables };
            await host.WaitForAsync(await host.Mailer.SendAsync(mail), EmailStatus.Sent);

            // The row is written before the connection is given back.
            await Eventually.True(
                () =>
                {
                    listener.RecordObservableInstruments();
                    return seen.GetValueOrDefault("pool.idle default") == 1;
                },
                "the connection to be idle");
        }

        await host.Mailer.SendAsync(MailSystem.Mail("nobody@example.com"));
        listener.RecordObservableInstruments();

        Assert.Equal(
            [
                "accept.duration", "connection.reuse default", "pool.idle default", "pool.open default", "pool.taken default", "pool.waiting default",
                "provider.circuit default", "queue.lag", "render.duration", "sends default default sent accepted", "step.duration claim",
                "step.duration connect", "step.duration content", "step.duration envelope", "step.duration reply", "step.duration store",
                "suppressed complaint", "throttle.rate default",
            ],
            seen.Keys.Order(StringComparer.Ordinal));
        Assert.True(seen["render.duration"] > 0, "Rendering took no time.");
        Assert.Equal((1, 1, 0), (seen["pool.open default"], seen["pool.idle default"], seen["pool.waiting default"]));
    }

    private static MeterListener Listen(MailHost host, ConcurrentDictionary<string, double> seen)
    {
        // Of this host only: others of the assembly have a meter of the same name.
        var scope = host.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == MailTelemetry.MeterName && instrument.Meter.Scope == scope)
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen[Name(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen[Name(instrument, tags)] = value);
        listener.Start();
        return listener;
    }

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name.Replace("jamail.mail.", "", StringComparison.Ordinal)} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}".TrimEnd();
}
