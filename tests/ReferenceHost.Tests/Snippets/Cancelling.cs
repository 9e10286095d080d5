using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace ReferenceHost.Tests.Snippets;

// snippet: cancel-job
public sealed class Withdrawals([FromKeyedServices("images")] IJobQueueInspector images)
{
    public Task<JobCancelResult> WithdrawAsync(JobId id, CancellationToken cancellationToken) =>
        images.CancelAsync(id, "The album was deleted", AfterCancel.Remove, cancellationToken);
}
// end

internal sealed record AlbumRequest(IReadOnlyList<string> ImageIds);

// snippet: cancelled-processor
internal sealed class AlbumProcessor(IImageStore images) : IJobProcessor<AlbumRequest>
{
    public async Task<JobOutcome> ProcessAsync(Job<AlbumRequest> job, CancellationToken cancellationToken)
    {
        foreach (var imageId in job.Payload.ImageIds)
        {
            if (job.CancelReason is { } reason)
            {
                await job.LogAsync($"Stopped before {imageId}: {reason}", CancellationToken.None);
            }

            cancellationToken.ThrowIfCancellationRequested();
            await images.TryResizeAsync(imageId, 800, cancellationToken);
        }

        return new JobOutcome.Completed();
    }
}
// end
