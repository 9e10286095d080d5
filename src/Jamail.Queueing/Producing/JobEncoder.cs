using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>Makes of what a caller gives what the scripts take. Everything that can be refused is refused here.</summary>
internal sealed class JobEncoder(string prefix, TimeProvider clock)
{
    public string Prefix => prefix;

    /// <exception cref="ArgumentException">An option is out of its range, or the payload is no JSON.</exception>
    public JobToAdd Encode<TPayload>(string name, TPayload payload, JobOptions? options)
    {
        JobOptionsRules.Check(name, options);
        JobOptionsRules.CheckParent(options);
        return Encode(name, JobPayloadJson.Encode(payload), PayloadVersions<TPayload>.Value, options, options?.Id?.Value ?? "");
    }

    /// <summary>As <see cref="Encode{TPayload}"/>, of what middleware made of it.</summary>
    public JobToAdd Encode(JobAddition job)
    {
        JobOptionsRules.Check(job.Name, job.Options);
        JobOptionsRules.CheckParent(job.Options);
        var type = job.Payload is null || job.PayloadType.IsInstanceOfType(job.Payload) ? job.PayloadType : job.Payload.GetType();
        return Encode(
            job.Name, JobPayloadJson.Encode(job.Payload, type), PayloadVersions.Of(type), job.Options, job.Options?.Id?.Value ?? "");
    }

    /// <param name="name">Checked.</param>
    /// <param name="data">The payload's JSON.</param>
    /// <param name="payloadVersion">The version of its type.</param>
    /// <param name="options">Checked.</param>
    /// <param name="id">Empty: Redis gives the next number.</param>
    public JobToAdd Encode(string name, byte[] data, int payloadVersion, JobOptions? options, string id)
    {
        JobOptionsRules.CheckSize(data.Length, options);
        return new JobToAdd
        {
            Id = id,
            Name = name,
            Data = data,
            OptionsJson = JobOptionsJson.Encode(options, prefix, options?.PayloadVersion ?? payloadVersion, QueueingTracing.Context(options)),
            Timestamp = (options?.Timestamp ?? clock.GetUtcNow()).ToUnixTimeMilliseconds(),
            DelayMs = (long)(options?.Delay?.TotalMilliseconds ?? 0),
            Priority = options?.Priority ?? 0,
            Lifo = options?.Lifo ?? false,
            Deduplication = options?.Deduplication,
            Parent = options?.Parent is { } parent ? LinkTo(parent, options.ChildFailure) : null,
        };
    }

    public string KeyOf(JobKey job) => $"{prefix}:{job.Queue}:{job.Id}";

    private ParentLink LinkTo(JobKey parent, ChildFailure? failure)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JobPayloadJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, parent.Id.Value);
            writer.WriteString("queueKey"u8, $"{prefix}:{parent.Queue}");
            if (ChildFailureNames.Of(failure) is { } name)
            {
                writer.WriteBoolean(name, true);
            }

            writer.WriteEndObject();
        }

        return new ParentLink(KeyOf(parent), Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
