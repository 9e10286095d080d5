using System.Diagnostics.CodeAnalysis;
using Jamail.Queueing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

/// <summary>
/// Exports traces and measures where OTEL_EXPORTER_OTLP_ENDPOINT says, by the protocol of OTEL_EXPORTER_OTLP_PROTOCOL (grpc or
/// http/protobuf). Without an endpoint nothing is set up and nothing costs anything.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by the container.")]
internal sealed class Telemetry(IConfiguration configuration, IHostEnvironment host) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _measures;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint)
        {
            var resource = ResourceBuilder.CreateDefault()
                .AddService(configuration["OTEL_SERVICE_NAME"] ?? host.ApplicationName);
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(QueueingTelemetry.ActivitySourceName, "Jamail.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql")
                .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/traces"))
                .Build();
            _measures = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(QueueingTelemetry.MeterName, "Jamail.*")
                .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/metrics"))
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Sends what is left.
    public void Dispose()
    {
        _traces?.Dispose();
        _measures?.Dispose();
    }

    private void Configure(OtlpExporterOptions exporter, string endpoint, string path)
    {
        var isHttp = configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] == "http/protobuf";
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = isHttp ? new Uri($"{endpoint.TrimEnd('/')}/{path}") : new Uri(endpoint);
    }
}
