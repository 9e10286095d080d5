namespace Jamail.Queueing;

/// <summary>Which processor gets which jobs.</summary>
internal abstract class ProcessorBinding(string? jobName, Type payloadType, Type processorType)
{
    /// <summary>Null: jobs of any name.</summary>
    public string? JobName { get; } = jobName;

    public Type PayloadType { get; } = payloadType;

    public Type ProcessorType { get; } = processorType;

    /// <summary>The version of the payloads it takes; null: it takes JSON as it is stored, of any version.</summary>
    public int? PayloadVersion { get; } =
        payloadType == typeof(RawJson) || payloadType.Namespace is "System.Text.Json" or "System.Text.Json.Nodes"
            ? null
            : PayloadVersions.Of(payloadType);

    /// <summary>Runs one attempt.</summary>
    /// <exception cref="PayloadShapeException">The job's data is not what the processor takes.</exception>
    public abstract Task<JobOutcome> RunAsync(
        IServiceProvider services, RunningJob job, ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}
