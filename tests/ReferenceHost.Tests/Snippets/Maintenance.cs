using Jamail.Queueing;

namespace ReferenceHost.Tests.Snippets;

// snippet: maintenance
public sealed class Nightly(IJobQueues queues)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var images = queues.Maintain("images");
        await images.CleanAsync(JobState.Failed, TimeSpan.FromDays(3), cancellationToken: cancellationToken);
        await images.RetryAllAsync(JobState.Failed, cancellationToken: cancellationToken);
        await images.TrimEventsAsync(1000, cancellationToken);
        await images.RemoveOrphansAsync(cancellationToken);
    }

    public Task<string> MetricsAsync(CancellationToken cancellationToken) =>
        queues.Inspect("images").GetPrometheusTextAsync(
            new Dictionary<string, string> { ["service"] = "shop" }, cancellationToken);
}
// end
