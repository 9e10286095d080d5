using Jamail.Queueing;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ReferenceHost.Tests.Snippets;

internal static class Listening
{
    public static void Listen()
    {
        // snippet: listen-telemetry
        using var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(QueueingTelemetry.ActivitySourceName)
            .AddOtlpExporter()
            .Build();
        using var measures = Sdk.CreateMeterProviderBuilder()
            .AddMeter(QueueingTelemetry.MeterName)
            .AddOtlpExporter()
            .Build();
        // end
    }
}
