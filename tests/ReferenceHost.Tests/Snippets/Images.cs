using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace ReferenceHost.Tests.Snippets;

internal interface IImageStore
{
    Task<bool> TryResizeAsync(string imageId, int width, CancellationToken cancellationToken);
}

// snippet: processor
internal sealed record ResizeRequest(string ImageId, int Width);

internal sealed class ResizeProcessor(IImageStore images) : IJobProcessor<ResizeRequest>
{
    public async Task<JobOutcome> ProcessAsync(Job<ResizeRequest> job, CancellationToken cancellationToken) =>
        await images.TryResizeAsync(job.Payload.ImageId, job.Payload.Width, cancellationToken)
            ? new JobOutcome.Completed()
            : new JobOutcome.Abandoned($"Image {job.Payload.ImageId} no longer exists.");
}
// end

// snippet: add-job
public sealed class Uploads([FromKeyedServices("images")] IJobQueue images)
{
    public Task<JobId> ResizeAsync(string imageId, CancellationToken cancellationToken) =>
        images.AddAsync("resize", new ResizeRequest(imageId, 800), new JobOptions
        {
            Id = JobId.Choose($"resize-{imageId}"),
            Attempts = 3,
            Backoff = new Backoff.Exponential(TimeSpan.FromSeconds(1)),
        }, cancellationToken);
}
// end
