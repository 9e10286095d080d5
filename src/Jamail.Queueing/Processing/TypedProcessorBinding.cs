using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing;

internal sealed class ProcessorBinding<TPayload, TProcessor>(string? jobName)
    : ProcessorBinding(jobName, typeof(TPayload), typeof(TProcessor))
    where TProcessor : class, IJobProcessor<TPayload>
{
    public override Task<JobOutcome> RunAsync(
        IServiceProvider services, RunningJob job, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var payload = Decode(data);
        return services.GetRequiredService<TProcessor>().ProcessAsync(job.Present(payload), cancellationToken);
    }

    private static TPayload Decode(ReadOnlyMemory<byte> data)
    {
        if (typeof(TPayload) == typeof(RawJson))
        {
            return (TPayload)(object)new RawJson(data);
        }

        try
        {
            return JsonSerializer.Deserialize<TPayload>(data.Span, JobPayloadJson.Options) is { } payload
                ? payload
                : typeof(TPayload).IsValueType ? default! : throw PayloadShapeException.Of<TPayload>("$", "is null");
        }
        catch (JsonException exception)
        {
            throw PayloadShapeException.Of<TPayload>(exception.Path ?? "$", exception.Message);
        }
        catch (NotSupportedException exception)
        {
            throw PayloadShapeException.Of<TPayload>("$", exception.Message);
        }
    }
}
