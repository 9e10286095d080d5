using System.Text.Json.Nodes;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ReferenceHost.Tests.Snippets;

internal interface ITenant
{
    string Name { get; }
}

internal sealed record Stamped(string Tenant, object? Payload);

// snippet: middleware
internal sealed class TenantStamp(ITenant tenant) : IJobAddMiddleware
{
    public Task<JobId> AddAsync(JobAddition job, NextAdd next, CancellationToken cancellationToken) =>
        next(job with { Payload = new Stamped(tenant.Name, job.Payload) }, cancellationToken);
}

internal sealed class Timing(ILogger<Timing> logger, TimeProvider clock) : IJobProcessMiddleware
{
    public async Task<JobOutcome> ProcessAsync(Job<RawJson> job, NextProcess next, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var outcome = await next(job, cancellationToken);
        logger.LogInformation("{Job} took {Time}", job.Id, clock.GetElapsedTime(started));
        return outcome;
    }
}
// end

// snippet: payload-version
[PayloadVersion(2)]
internal sealed record Thumbnail(int Width, int Height);

internal sealed class ThumbnailFromOne : IPayloadUpcaster
{
    public JsonNode Upcast(JsonNode? payload) => new JsonObject
    {
        ["width"] = payload!["size"]!.DeepClone(), ["height"] = payload["size"]!.DeepClone(),
    };
}
// end

internal sealed class ThumbnailProcessor : IJobProcessor<Thumbnail>
{
    public Task<JobOutcome> ProcessAsync(Job<Thumbnail> job, CancellationToken cancellationToken) =>
        Task.FromResult<JobOutcome>(new JobOutcome.Completed());
}

internal static class MiddlewareStartup
{
    public static void Use(WebApplicationBuilder builder)
    {
        // snippet: use-middleware
        builder.Services.AddJamailQueueing()
            .UseOnAdd<TenantStamp>()
            .UseOnProcess<Timing>();
        // end
    }

    public static void Upcast(WebApplicationBuilder builder)
    {
        // snippet: add-upcaster
        builder.Services.AddJamailQueueing()
            .AddQueue("images")
            .AddProcessor<Thumbnail, ThumbnailProcessor>("thumbnail")
            .AddUpcaster<ThumbnailFromOne>("thumbnail", fromVersion: 1);
        // end
    }
}
