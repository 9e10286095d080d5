using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>Makes fetchers with the settings of the queues' workers.</summary>
internal sealed class JobFetchers(
    QueueRegistry registry,
    QueueScripts scripts,
    RedisConnections connections,
    IOptions<QueueingOptions> queueing,
    IOptionsMonitor<JobWorkerOptions> workers,
    IServiceScopeFactory scopes,
    IServiceProvider services,
    QueueingTracing tracing,
    TimeProvider clock,
    ILoggerFactory? loggers = null)
{
    public JobFetcher Make(QueueName name, QueueMeta meta)
    {
        var queue = registry.Find(name) ?? new QueueRegistration(name);
        var context = new WorkerContext
        {
            Keys = scripts.KeysOf(name),
            BeforeWork = [],
            Options = workers.Get(name.Value),
            WorkerId = Guid.NewGuid().ToString(),
            Connections = connections,
            Scripts = scripts.Runner,
            Heartbeat = new Heartbeat(clock),
            Tracing = tracing,
            Clock = clock,
            Logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Jamail.Queueing.Fetcher"),
        };
        var (rules, runner) = JobWorker.MakeRunner(
            context,
            new ProcessorMap(queue.Processors),
            new ProcessPipeline([], new PayloadUpcasting(queue.Upcasters)),
            BackoffStrategies.Of(queue, services),
            queueing.Value,
            scopes);
        return new JobFetcher(context, meta, runner, rules);
    }
}
