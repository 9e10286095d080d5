using System.Globalization;
using System.Text.Json;
using Jamail.Queueing;
using Jamail.TestSupport;
using Jamail.TestWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jamail.Interop.Tests;

/// <summary>A Jamail host on one queue, in this process or as a child that can be killed.</summary>
internal sealed class JamailHost : IAsyncDisposable
{
    private readonly IHost host;
    private bool _isStopped;

    private JamailHost(IHost host, string queue)
    {
        this.host = host;
        var queues = host.Services.GetRequiredService<IJobQueues>();
        Queue = queues.Get(queue);
        Inspector = queues.Inspect(queue);
        Schedulers = queues.Schedulers(queue);
        Limits = queues.Limits(queue);
    }

    public IJobQueue Queue { get; }

    public IJobQueueInspector Inspector { get; }

    public IJobSchedulers Schedulers { get; }

    public IJobQueueLimits Limits { get; }

    public IServiceProvider Services => host.Services;

    /// <summary>Adds and looks, but does not work.</summary>
    public static Task<JamailHost> ProduceAsync(RedisServer redis, string queue, params (string Key, string Value)[] settings) =>
        StartAsync(redis, queue, works: false, settings);

    public static Task<JamailHost> WorkAsync(RedisServer redis, string queue, params (string Key, string Value)[] settings) =>
        StartAsync(redis, queue, works: true, settings);

    /// <summary>The same in a process of its own; returns when it works.</summary>
    public static Task<DotnetProcess> WorkInChildAsync(
        RedisServer redis, string queue, params (string Key, string Value)[] settings) =>
        WorkInChildAsync(redis, queue, new Dictionary<string, string>(), settings);

    public static async Task<DotnetProcess> WorkInChildAsync(
        RedisServer redis, string queue, IReadOnlyDictionary<string, string> environment, params (string Key, string Value)[] settings)
    {
        var child = DotnetProcess.Start(
            "Jamail.TestWorker.dll", [JsonSerializer.Serialize(Settings(redis, queue, settings))], environment);
        await child.ReadAsync("ready");
        return child;
    }

    public static (string Key, string Value) Worker(string queue, string option, object value) =>
        ($"Jamail:Queueing:Workers:{queue}:{option}", Convert.ToString(value, CultureInfo.InvariantCulture)!);

    public async ValueTask DisposeAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await host.StopAsync();
            host.Dispose();
        }
    }

    private static async Task<JamailHost> StartAsync(
        RedisServer redis, string queue, bool works, (string Key, string Value)[] settings)
    {
        var host = await WorkerHost.BuildAsync(Settings(redis, queue, settings), works);
        await host.StartAsync();
        return new JamailHost(host, queue);
    }

    private static Dictionary<string, string?> Settings(RedisServer redis, string queue, (string Key, string Value)[] further)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Jamail:Redis"] = redis.ConnectionString,
            ["Work:Queue"] = queue,
            ["Work:Name"] = "jamail",
            ["Work:Records"] = redis.ConnectionString,
        };
        foreach (var (key, value) in further)
        {
            settings[key] = value;
        }

        return settings;
    }
}
