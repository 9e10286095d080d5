using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;

namespace Jamail.Interop.Tests;

/// <summary>A test with a queue of its own on the shared Redis.</summary>
public abstract class InteropTest
{
    /// <summary>Unique, so that tests do not meet.</summary>
    protected string QueueName { get; } = $"interop-{Guid.NewGuid():N}";

    protected static RedisServer Redis => RedisServer.Shared;

    protected Task<IReadOnlyList<RunRecord>> RunsAsync() => RunRecord.ReadAsync(Redis.Database, QueueName);

    protected static (string Key, string Value) Worker(string queue, string option, object value) => JamailHost.Worker(queue, option, value);

    internal static async Task<JobDetails> FinishedAsync(JamailHost host, string id, JobState state = JobState.Completed)
    {
        await Eventually.Equal(state, () => host.Inspector.GetStateAsync(JobId.Parse(id)), $"state of job {id}");
        return (await host.Inspector.TryGetJobAsync(JobId.Parse(id)))!;
    }

    protected static WorkResult Result(JobDetails job) =>
        JsonSerializer.Deserialize<WorkResult>(job.ReturnValue!, JsonSerializerOptions.Web)!;

    protected static WorkResult Result(JsonElement value) => value.Deserialize<WorkResult>(JsonSerializerOptions.Web)!;
}
