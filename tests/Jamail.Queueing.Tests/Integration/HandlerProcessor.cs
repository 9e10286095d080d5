using System.Text.Json;

namespace Jamail.Queueing.Tests.Integration;

/// <summary>Hands jobs of any name to the test.</summary>
internal sealed class HandlerProcessor(JobHandler handler) : IJobProcessor<JsonElement>
{
    public Task<JobOutcome> ProcessAsync(Job<JsonElement> job, CancellationToken cancellationToken) =>
        handler(job, cancellationToken);
}
