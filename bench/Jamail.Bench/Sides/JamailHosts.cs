using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail.Bench;

/// <summary>Hosts as an application has them: defaults, but for retention, which is that of the other side.</summary>
internal static class JamailHosts
{
    public static IHost Producer(SideSpec spec) => Build(spec, static queueing => queueing.WithoutWorkers());

    public static IHost Worker(SideSpec spec, IReadOnlyList<string> queues, BenchWork work) => Build(spec, queueing =>
    {
        queueing.Services.AddSingleton(work);
        foreach (var queue in queues)
        {
            queueing.AddQueue(queue, worker => worker.Concurrency = spec.Concurrency)
                .AddProcessor<BenchPayload, BenchProcessor>(BenchPayload.JobName);
        }
    });

    public static IJobQueue Queue(this IHost host, string name) => host.Services.GetRequiredService<IJobQueues>().Get(name);

    private static IHost Build(SideSpec spec, Action<QueueingBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFilter(static level => level >= LogLevel.Warning);
        builder.Services.Configure<JamailHostOptions>(options => options.Redis = $"{spec.Host}:{spec.Port}");
        var queueing = builder.Services.AddJamailQueueing().Configure(static options =>
        {
            options.RemoveOnComplete = JobRetention.Forever;
            options.RemoveOnFail = JobRetention.Forever;
        });
        configure(queueing);
        return builder.Build();
    }
}
