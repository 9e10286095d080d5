using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing;

/// <summary>The host's middleware around adds, made when first needed: it may itself add jobs.</summary>
internal sealed class AddMiddleware(QueueRegistry registry, IServiceProvider services)
{
    private readonly Lazy<AddPipeline?> _pipeline = new(() => registry.AddMiddleware.Count == 0
        ? null
        : new AddPipeline([.. registry.AddMiddleware.Select(type => (IJobAddMiddleware)services.GetRequiredService(type))]));

    /// <summary>Null when there is none.</summary>
    public AddPipeline? Pipeline => _pipeline.Value;
}
