using Jamail.Queueing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jamail.TestWorker;

/// <summary>A host with one queue, as the tests run it in their own process and as a child.</summary>
public static class WorkerHost
{
    /// <param name="settings">Section Jamail, and <c>Work:Queue</c>, <c>Work:Name</c>, <c>Work:Records</c> (a connection string).</param>
    /// <param name="works">Whether the host works the queue; otherwise it only adds and looks.</param>
    public static async Task<IHost> BuildAsync(IReadOnlyDictionary<string, string?> settings, bool works = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(60));
        var records = await ConnectionMultiplexer.ConnectAsync(settings["Work:Records"]!);
        builder.Services.AddSingleton(new WorkerIdentity(settings["Work:Name"] ?? "jamail", records.GetDatabase()));

        var queueing = builder.Services.AddJamailQueueing();
        var queue = queueing.AddQueue(settings["Work:Queue"]!);
        if (works)
        {
            queue.AddProcessor<Work, WorkProcessor>().AddBackoff<PlannedBackoff>(PlannedBackoff.Type);
        }

        return builder.Build();
    }
}
