using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>Starts and stops the workers of all queues with the host. Redis may come later than the host.</summary>
internal sealed class JobWorkerHost(
    QueueRegistry registry,
    QueueScripts scripts,
    IJobQueues queues,
    RedisConnections connections,
    IRedisEndpoint endpoint,
    IOptions<QueueingOptions> queueing,
    IOptionsMonitor<JobWorkerOptions> workers,
    IServiceScopeFactory scopes,
    IServiceProvider services,
    QueueingTracing tracing,
    TimeProvider clock,
    ILoggerFactory? loggers = null) : IHostedService, IAsyncDisposable, IDisposable
{
    private readonly List<JobWorker> _workers = [];

    public IReadOnlyList<JobWorker> Workers => _workers;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        CheckConnectionText(await endpoint.GetAsync(cancellationToken).ConfigureAwait(false));
        if (registry.WithoutWorkers)
        {
            return;
        }

        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Jamail.Queueing.Worker");
        foreach (var queue in registry.Queues.Where(queue => queue.Processors.Count > 0))
        {
            var context = new WorkerContext
            {
                Keys = scripts.KeysOf(queue.Name),
                Options = workers.Get(queue.Name.Value),
                WorkerId = Guid.NewGuid().ToString(),
                BeforeWork = queue.BeforeWork,
                Connections = connections,
                Scripts = scripts.Runner,
                Heartbeat = new Heartbeat(clock),
                Tracing = tracing,
                Clock = clock,
                Logger = logger,
            };
            _workers.Add(new JobWorker(
                context,
                ((JobQueues)queues).MetaOf(queue.Name),
                new ProcessorMap(queue.Processors),
                new ProcessPipeline(registry.ProcessMiddleware, new PayloadUpcasting(queue.Upcasters)),
                BackoffStrategies.Of(queue, services),
                queueing.Value,
                scopes));
        }

        foreach (var worker in _workers)
        {
            worker.Start();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_workers.Select(worker => worker.StopAsync(cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static void CheckConnectionText(string text)
    {
        try
        {
            RedisConnectionText.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new OptionsValidationException(
                nameof(JamailHostOptions.Redis), typeof(JamailHostOptions), [exception.Message]);
        }
    }
}
