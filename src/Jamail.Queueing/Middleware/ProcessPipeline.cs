using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing;

/// <summary>The middleware around processors, in the order it was registered.</summary>
/// <param name="middleware">The first is outermost.</param>
/// <param name="upcasting">Between the middleware and the processor.</param>
internal sealed class ProcessPipeline(IReadOnlyList<Type> middleware, PayloadUpcasting upcasting)
{
    public Task<JobOutcome> RunAsync(
        IServiceProvider scope, ProcessorBinding processor, RunningJob job, CancellationToken cancellationToken) =>
        middleware.Count == 0
            ? processor.RunAsync(scope, job, Upcast(scope, processor, job, job.Stored.Data), cancellationToken)
            : RunAroundAsync(scope, processor, job, cancellationToken);

    private Task<JobOutcome> RunAroundAsync(
        IServiceProvider scope, ProcessorBinding processor, RunningJob job, CancellationToken cancellationToken)
    {
        NextProcess next = (changed, token) =>
            processor.RunAsync(scope, job, Upcast(scope, processor, job, changed.Payload.Utf8), token);
        for (var index = middleware.Count - 1; index >= 0; index--)
        {
            var (current, inner) = ((IJobProcessMiddleware)scope.GetRequiredService(middleware[index]), next);
            next = (changed, token) => current.ProcessAsync(changed, inner, token);
        }

        return next(job.Present(new RawJson(job.Stored.Data)), cancellationToken);
    }

    private ReadOnlyMemory<byte> Upcast(
        IServiceProvider scope, ProcessorBinding processor, RunningJob job, ReadOnlyMemory<byte> data) =>
        processor.PayloadVersion is { } version
            ? upcasting.Bring(data, job.Stored.Name ?? "", Math.Max(1, job.Options.PayloadVersion), version, scope)
            : data;
}
