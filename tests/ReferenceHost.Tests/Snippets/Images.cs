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

// snippet: fetch
public sealed class OwnLoop([FromKeyedServices("images")] IJobFetcher images)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (await images.TryFetchAsync(TimeSpan.FromSeconds(10), stopping) is not { } fetched)
            {
                await images.RecoverStalledAsync(stopping);
                continue;
            }

            try
            {
                await WorkAsync(fetched.As<ResizeRequest>(), stopping);
                await fetched.SettleAsync(new JobOutcome.Completed(), stopping);
            }
            catch (ArgumentException fault)
            {
                await fetched.FailAsync(fault, stopping);
            }
        }
    }

    private static Task WorkAsync(Job<ResizeRequest> job, CancellationToken stopping) =>
        job.LogAsync($"resizing to {job.Payload.Width}", stopping);
}
// end
