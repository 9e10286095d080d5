using Jamail.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jamail.Queueing.Tests.Integration;

/// <summary>A host with one queue and, when a handler is given, its worker.</summary>
internal sealed class QueueHost : IAsyncDisposable
{
    private readonly IHost _host;

    private QueueHost(IHost host, string queue, LogLines log)
    {
        _host = host;
        Log = log;
        Queue = host.Services.GetRequiredKeyedService<IJobQueue>(queue);
        Inspector = host.Services.GetRequiredKeyedService<IJobQueueInspector>(queue);
        Events = host.Services.GetRequiredKeyedService<IJobEvents>(queue);
    }

    public IJobQueue Queue { get; }

    public IJobQueueInspector Inspector { get; }

    public IJobEvents Events { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>A queue name that no other test has.</summary>
    public static string NewName() => $"q-{Guid.NewGuid():N}";

    public static async Task<QueueHost> StartAsync(
        string queue,
        JobHandler? handler = null,
        Action<JobWorkerOptions>? worker = null,
        string? redis = null,
        Action<QueueingBuilder>? configure = null)
    {
        var log = new LogLines();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            [new("Jamail:Redis", redis ?? RedisServer.Shared.ConnectionString)]);
        builder.Logging.AddProvider(log);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(60));
        var queueing = builder.Services.AddJamailQueueing();
        if (handler is null)
        {
            queueing.AddQueue(queue);
        }
        else
        {
            builder.Services.AddSingleton(handler);
            queueing.AddQueue(queue, worker).AddProcessor<System.Text.Json.JsonElement, HandlerProcessor>();
        }

        configure?.Invoke(queueing);
        var host = builder.Build();
        await host.StartAsync();
        return new QueueHost(host, queue, log);
    }

    public Task StopAsync() => _host.StopAsync();

    public async Task<JobState> StateWhenAsync(JobId id, JobState expected, TimeSpan? within = null) =>
        await Eventually.Equal(expected, () => Inspector.GetStateAsync(id), $"state of job {id}", within);

    public async Task<JobDetails> GetAsync(JobId id) =>
        await Inspector.TryGetJobAsync(id) ?? throw new InvalidOperationException($"There is no job {id}.");

    /// <summary>The events of the queue, each as its fields joined by blanks.</summary>
    public static async Task<IReadOnlyList<string>> EventsAsync(string queue, IDatabase? database = null)
    {
        var reply = (RedisResult[])(await (database ?? RedisServer.Shared.Database)
            .ExecuteAsync("XRANGE", (RedisKey)$"bull:{queue}:events", "-", "+"))!;
        return [.. reply.Select(entry => string.Join(' ', (string[])((RedisResult[])entry!)[1]!))];
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
