using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing;

/// <summary>Brings stored payloads to the version that a processor takes.</summary>
internal sealed class PayloadUpcasting(IReadOnlyList<UpcasterBinding> upcasters)
{
    /// <summary>The payload in the version asked for.</summary>
    /// <exception cref="PayloadShapeException">There is no way from its version to the one asked for.</exception>
    public ReadOnlyMemory<byte> Bring(
        ReadOnlyMemory<byte> data, string jobName, int from, int to, IServiceProvider services)
    {
        if (from == to)
        {
            return data;
        }

        if (from > to)
        {
            throw new PayloadShapeException(
                $"The payload of job '{jobName}' has version {from}, but this worker knows versions up to {to}; " +
                "start workers of the newer version before producers, and retry the job then.");
        }

        JsonNode? payload;
        try
        {
            payload = JsonNode.Parse(data.Span);
        }
        catch (JsonException exception)
        {
            throw new PayloadShapeException($"The payload of job '{jobName}' is not JSON: {exception.Message}");
        }

        for (var version = from; version < to; version++)
        {
            payload = Find(jobName, version, to, services).Upcast(payload);
        }

        return payload is null ? "null"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(payload, JobPayloadJson.Options);
    }

    private IPayloadUpcaster Find(string jobName, int version, int to, IServiceProvider services)
    {
        foreach (var upcaster in upcasters)
        {
            if (upcaster.JobName == jobName && upcaster.FromVersion == version)
            {
                return (IPayloadUpcaster)services.GetRequiredService(upcaster.Type);
            }
        }

        throw new PayloadShapeException(
            $"The payload of job '{jobName}' needs an upcaster from version {version} towards {to}, and there is none; add it with " +
            $"AddUpcaster(\"{jobName}\", {version}), and retry the job.");
    }
}
